package dev.darkroom.image;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;

/**
 * What an image is to be written as.
 *
 * @param quality  1 to 100, for JPEG and WebP only
 * @param metadata what becomes of EXIF and XMP
 */
public record EncodeOptions(ImageFormat format, int quality, MetadataPolicy metadata) {

    public static final int DEFAULT_QUALITY = 92;

    public EncodeOptions {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be from 1 to 100");
        }
    }

    public EncodeOptions(ImageFormat format, int quality) {
        this(format, quality, MetadataPolicy.KEEP);
    }

    public static EncodeOptions of(ImageFormat format) {
        return new EncodeOptions(format, DEFAULT_QUALITY);
    }
}
