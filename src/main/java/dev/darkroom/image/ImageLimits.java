package dev.darkroom.image;

import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import java.util.Locale;

/**
 * The largest image that is decoded.
 *
 * @param maxWidth         in pixels of the upright picture
 * @param maxHeight        in pixels of the upright picture
 * @param maxMegapixels    in millions of pixels
 * @param maxExpansion     how many times as many bytes as the file the pixels may have: photographs have 3 to 100, deflated emptiness 1000
 * @param maxMetadataBytes colour profile, EXIF, XMP, comments and thumbnails together, as the file stores them
 */
public record ImageLimits(int maxWidth, int maxHeight, double maxMegapixels, int maxExpansion, long maxMetadataBytes) {
    public static final int DEFAULT_EXPANSION = 1500;
    public static final long DEFAULT_METADATA_BYTES = 16 << 20;
    /** Nobody is hurt by a small picture of one colour. */
    private static final long HARMLESS_BYTES = 16 << 20;

    public ImageLimits {
        if (maxWidth < 1 || maxHeight < 1 || !(maxMegapixels > 0) || maxExpansion < 1 || maxMetadataBytes < 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    public ImageLimits(int maxWidth, int maxHeight, double maxMegapixels) {
        this(maxWidth, maxHeight, maxMegapixels, DEFAULT_EXPANSION, DEFAULT_METADATA_BYTES);
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
     * Compares what is to be decoded with what there is of it.
     *
     * @throws ImageTooLargeException if so few bytes cannot be a photograph of so many pixels
     */
    public void checkExpansion(ImageHeader header, long fileBytes) {
        long expansion = header.decodedBytes() / Math.max(1, fileBytes);
        if (header.decodedBytes() > HARMLESS_BYTES && expansion > maxExpansion) {
            throw new ImageTooLargeException("the pixels would have %d times as many bytes as the file, at most %d times are accepted"
                    .formatted(expansion, maxExpansion));
        }
    }

    /** @throws ImageTooLargeException if there is more about the picture than is read */
    public void checkMetadata(long bytes) {
        if (bytes > maxMetadataBytes) {
            throw new ImageTooLargeException(String.format(Locale.ROOT,
                    "the image carries %.1f megabytes of metadata, at most %.1f are accepted", bytes / 1e6, maxMetadataBytes / 1e6));
        }
    }

    /**
     * Compares what is made of an image with the limit of pixels.
     *
     * @throws ImageTooLargeException if it is exceeded
     */
    public void checkEnlarged(Dimensions enlarged) {
        double megapixels = enlarged.pixels() / 1e6;
        if (megapixels > maxMegapixels) {
            throw new ImageTooLargeException(String.format(Locale.ROOT,
                    "enlarged the image would have %.1f megapixels (%s pixels), at most %.1f are given back", megapixels, enlarged, maxMegapixels));
        }
    }
}
