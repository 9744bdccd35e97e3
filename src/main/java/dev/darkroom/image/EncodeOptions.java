package dev.darkroom.image;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;

/**
 * What an image is to be written as.
 *
 * @param metadata what becomes of EXIF, XMP and IPTC
 */
public record EncodeOptions(ImageFormat format, Coding coding, MetadataPolicy metadata) {

    /** @throws OutputException if the format has no such coding */
    public EncodeOptions {
        coding.requireFits(format);
    }

    public EncodeOptions(ImageFormat format, Coding coding) {
        this(format, coding, MetadataPolicy.KEEP);
    }

    public EncodeOptions(ImageFormat format, int quality) {
        this(format, Coding.of(quality));
    }

    public static EncodeOptions of(ImageFormat format) {
        return new EncodeOptions(format, Coding.DEFAULT);
    }
}
