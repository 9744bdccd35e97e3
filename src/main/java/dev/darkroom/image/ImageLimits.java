package dev.darkroom.image;

import java.util.Locale;

/** The largest image that is decoded; width and height in pixels of the upright picture, megapixels in millions of pixels. */
public record ImageLimits(int maxWidth, int maxHeight, double maxMegapixels) {

    public ImageLimits {
        if (maxWidth < 1 || maxHeight < 1 || !(maxMegapixels > 0)) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /**
     * Compares a header with these limits, so that nothing is allocated for an image that is refused.
     *
     * @throws ImageTooLargeException if one of the limits is exceeded
     */
    public void check(ImageHeader header) {
        int width = header.uprightWidth();
        int height = header.uprightHeight();
        if (width > maxWidth || height > maxHeight) {
            throw new ImageTooLargeException("the image is %d x %d pixels, at most %d x %d are accepted"
                    .formatted(width, height, maxWidth, maxHeight));
        }
        double megapixels = header.pixels() / 1e6;
        if (megapixels > maxMegapixels) {
            throw new ImageTooLargeException(String.format(Locale.ROOT,
                    "the image has %.1f megapixels, at most %.1f are accepted", megapixels, maxMegapixels));
        }
    }

    /**
     * Compares what an image will be, {@code factor} times as wide and high, with the limit of pixels.
     *
     * @throws ImageTooLargeException if it is exceeded
     */
    public void checkEnlarged(ImageHeader header, int factor) {
        double megapixels = header.pixels() * (double) factor * factor / 1e6;
        if (megapixels > maxMegapixels) {
            throw new ImageTooLargeException(String.format(Locale.ROOT,
                    "enlarged %d times the image would have %.1f megapixels (%d x %d pixels), at most %.1f are given back",
                    factor, megapixels, factor * header.uprightWidth(), factor * header.uprightHeight(), maxMegapixels));
        }
    }
}
