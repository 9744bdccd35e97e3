package dev.darkroom.image.file;

import java.util.Optional;

/**
 * What a file says about its image before any pixel is decoded.
 *
 * @param width         pixels a row, as stored
 * @param height        rows, as stored
 * @param channels      1 for gray, 3 for colour (a palette counts as colour); alpha is not counted
 * @param alpha         whether there is an alpha channel or a transparent colour
 * @param bitsPerSample as stored: 1 to 64; of inks 8
 * @param cmyk          whether the colours are stored as four printing inks
 * @param orientation   how the stored pixels have to be turned to stand upright
 * @param jpeg          what a JPEG file's tables say; empty for every other file
 */
public record ImageHeader(
        ImageFormat format, int width, int height, int channels, boolean alpha, int bitsPerSample, boolean cmyk, Orientation orientation,
        Optional<JpegCoding> jpeg) {

    public ImageHeader(ImageFormat format, int width, int height, int channels, boolean alpha, int bitsPerSample, Orientation orientation) {
        this(format, width, height, channels, alpha, bitsPerSample, false, orientation, Optional.empty());
    }

    public int uprightWidth() {
        return orientation.swapsSides() ? height : width;
    }

    public int uprightHeight() {
        return orientation.swapsSides() ? width : height;
    }

    /** What the picture is answered in unless another format is asked for. */
    public ImageFormat answer() {
        boolean lossy = format == ImageFormat.HEIC || format == ImageFormat.AVIF;
        return ImageFormat.WRITTEN.contains(format) ? format : lossy && !alpha && bitsPerSample == 8 ? ImageFormat.JPEG : ImageFormat.PNG;
    }

    public long pixels() {
        return (long) width * height;
    }

    /** Bytes of the decoded pixels, alpha included; less than 8 bits become 8. Inks are there beside the colours made of them. */
    public long decodedBytes() {
        return pixels() * (channels + (alpha ? 1 : 0) + (cmyk ? 4 : 0)) * (bitsPerSample > 8 ? 2 : 1);
    }
}
