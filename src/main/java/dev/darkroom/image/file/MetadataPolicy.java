package dev.darkroom.image.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of EXIF, XMP and IPTC; colour profile and resolution always stay, and the orientation becomes upright. */
public enum MetadataPolicy {
    /** All, but for the thumbnail, which would show the picture unrestored. */
    KEEP,
    /** Nothing. */
    STRIP,
    /** Who made the picture and who may use it, alone. */
    COPYRIGHT;

    /** The policy called {@code keep}, {@code strip} or {@code copyright}, in any case. */
    public static Optional<MetadataPolicy> named(String name) {
        return Arrays.stream(values()).filter(policy -> policy.name().equalsIgnoreCase(name)).findFirst();
    }

    /** What of {@code metadata} goes into a picture of that size that has been turned upright and is alone in its file. */
    public Metadata applied(Metadata metadata, int width, int height) {
        return switch (this) {
            case KEEP -> new Metadata(metadata.icc(), metadata.resolution(),
                    metadata.exif().flatMap(block -> Exif.of(block).upright(width, height)),
                    metadata.xmp().map(Xmp::upright).flatMap(Xmp::ofThisPicture), metadata.photoshop());
            case STRIP -> metadata.stripped();
            case COPYRIGHT -> new Metadata(metadata.icc(), metadata.resolution(),
                    metadata.exif().flatMap(block -> Exif.of(block).copyright()),
                    metadata.xmp().flatMap(Xmp::rights), metadata.photoshop().flatMap(PhotoshopResources::rights));
        };
    }

    /** What of all that a file carries somebody who asks for this policy wants to have kept. */
    public Ledger wanted(Ledger carried, Metadata metadata) {
        return switch (this) {
            case KEEP -> carried;
            case STRIP -> carried.stripped();
            case COPYRIGHT -> carried.stripped().and(Ledger.of(applied(metadata, 1, 1)));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
