package dev.darkroom.enhance;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import java.util.EnumSet;
import java.util.Set;

/** The samples behind a colour filter array: one channel whose neighbours have different colours. */
final class Mosaic {
    private static final Set<ImageFormat> BLENDING = EnumSet.of(ImageFormat.JPEG, ImageFormat.HEIC, ImageFormat.AVIF);

    private Mosaic() {}

    /** @throws UnfitImageException if an image with this header cannot be a mosaic */
    static void require(ImageHeader header) {
        if (header.channels() != 1) {
            throw new UnfitImageException("a mosaic has one channel, but this image is in colour already");
        }
        if (header.alpha()) {
            throw new UnfitImageException("a mosaic has one channel, but this image has an alpha channel too");
        }
        if (BLENDING.contains(header.format())) {
            throw new UnfitImageException("a mosaic has to be a PNG or TIFF file: %s blends the colours of neighbouring samples"
                    .formatted(header.format().name()));
        }
        if (header.width() < 2 || header.height() < 2) {
            throw new UnfitImageException("a mosaic has at least 2 x 2 samples, but this image has %d x %d"
                    .formatted(header.width(), header.height()));
        }
    }
}
