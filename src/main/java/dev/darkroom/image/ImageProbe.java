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
}
