package dev.darkroom.image;

import java.nio.ByteBuffer;

/** Reads an image's header from untrusted bytes without decoding a pixel. */
public final class ImageProbe {

    private ImageProbe() {
    }

    /**
     * The header of the image in {@code bytes}, which are read from position to limit and left as they were.
     *
     * @throws UnsupportedImageException if this is no image, or one of a kind that is not read (animation, CMYK, ...)
     * @throws DamagedImageException     if the file is cut short or contradicts itself
     */
    public static ImageHeader probe(ByteBuffer bytes) {
        return ImageFormat.sniff(bytes).container().header(new ByteReader(bytes));
    }

    /**
     * The same for an image that is going to be decoded.
     *
     * @throws ImageTooLargeException if it exceeds the limits
     */
    public static ImageHeader probe(ByteBuffer bytes, ImageLimits limits) {
        var container = ImageFormat.sniff(bytes).container();
        var file = new ByteReader(bytes);
        ImageHeader header = container.header(file);
        limits.check(header);
        limits.checkExpansion(header, file.size());
        limits.checkMetadata(container.metadataBytes(file));
        return header;
    }
}
