package dev.darkroom.enhance;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;

/** The samples behind a colour filter array: one channel whose neighbours have different colours. */
final class Mosaic {
    private Mosaic() {}

    /** @throws UnfitImageException if an image with this header cannot be a mosaic */
    static void require(ImageHeader header) {
        if (header.channels() != 1) {
            throw new UnfitImageException("a mosaic has one channel, but this image is in colour already");
        }
        if (header.alpha()) {
            throw new UnfitImageException("a mosaic has one channel, but this image has an alpha channel too");
        }
        if (header.format() == ImageFormat.JPEG) {
            throw new UnfitImageException("a mosaic has to be a PNG or TIFF file: JPEG blends the colours of neighbouring samples");
        }
        if (header.width() < 2 || header.height() < 2) {
            throw new UnfitImageException("a mosaic has at least 2 x 2 samples, but this image has %d x %d"
                    .formatted(header.width(), header.height()));
        }
    }
}
