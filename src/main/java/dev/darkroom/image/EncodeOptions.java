package dev.darkroom.image;

/** What an image is to be written as; {@code quality} is 1 to 100 and counts for JPEG and WebP only. */
public record EncodeOptions(ImageFormat format, int quality) {

    public static final int DEFAULT_QUALITY = 92;

    public EncodeOptions {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be from 1 to 100");
        }
    }

    public static EncodeOptions of(ImageFormat format) {
        return new EncodeOptions(format, DEFAULT_QUALITY);
    }
}
