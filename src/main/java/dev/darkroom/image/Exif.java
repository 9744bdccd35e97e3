package dev.darkroom.image;

import java.util.Optional;

/** The part of an EXIF block that is of use here; the block is a small TIFF file. Lenient: what is broken is absent. */
record Exif(ByteReader tiff) {

    Orientation orientation() {
        return Metadata.ifIntact(() -> Optional.of(TiffDirectory.first(tiff).orientation())).orElse(Orientation.NONE);
    }

    Optional<Resolution> resolution() {
        return Metadata.ifIntact(() -> TiffDirectory.first(tiff).resolution());
    }
}
