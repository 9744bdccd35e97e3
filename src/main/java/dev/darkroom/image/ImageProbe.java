package dev.darkroom.image;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;

/** Reads an image's header from untrusted bytes without decoding a pixel. */
public final class ImageProbe {

    private ImageProbe() {
    }

    /**
     * The header of the image in {@code bytes}, which are read from position to limit and left as they were.
     *
     * @throws UnsupportedImageException if this is no image, or one of a kind that is not read (animation, several pages, ...)
     * @throws DamagedImageException     if the file is cut short or contradicts itself
     */
    public static ImageHeader probe(ByteBuffer bytes) {
        return ImageFile.of(bytes).header();
    }

    /**
     * The same for an image that is going to be decoded.
     *
     * @throws ImageTooLargeException if it exceeds the limits
     */
    public static ImageHeader probe(ByteBuffer bytes, ImageLimits limits) {
        var file = ImageFile.of(bytes);
        ImageHeader header = file.header();
        limits.check(header);
        limits.checkExpansion(header, file.size());
        limits.checkMetadata(file.metadataBytes());
        return header;
    }
}
