package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.util.Optional;

/** An image file: what stands around its compressed pixels, and what whoever decodes them has to know of it. */
public final class ImageFile {
    private final ImageFormat format;
    private final ByteBuffer bytes;

    private ImageFile(ImageFormat format, ByteBuffer bytes) {
        this.format = format;
        this.bytes = bytes;
    }

    /**
     * A file by its first bytes.
     *
     * @param bytes read from position to limit and left as they were
     * @throws UnsupportedImageException if they begin as no format that is read
     */
    public static ImageFile of(ByteBuffer bytes) {
        return new ImageFile(ImageFormat.sniff(bytes), bytes);
    }

    public int size() {
        return bytes.remaining();
    }

    /**
     * What the file says about its picture.
     *
     * @throws UnsupportedImageException if this is of a kind that is not read (animation, several pages, ...)
     * @throws DamagedImageException     if the file is cut short or contradicts itself
     */
    public ImageHeader header() {
        return container().header(reader());
    }

    /** Bytes of the file that are about the picture and not of it, as it stores them. */
    public long metadataBytes() {
        return container().metadataBytes(reader());
    }

    /** Lenient: what is broken in here is left out, for the pixels are still good. */
    public Metadata metadata() {
        return container().metadata(reader());
    }

    /** This file, fresh from our own encoder, with {@code metadata} put in. */
    public byte[] embedding(Metadata metadata) {
        return container().embed(reader(), metadata);
    }

    /** Whether colours have been multiplied by alpha. */
    public boolean isPremultiplied(ImageHeader header) {
        return TiffContainer.isPremultiplied(reader(), header);
    }

    /**
     * How a JPEG's four printing inks are coded.
     *
     * @param ycck     the first three as YCbCr
     * @param inverted 255 means no ink
     */
    public record Inks(boolean ycck, boolean inverted) {}

    /** Of a JPEG. */
    public Inks inks() {
        return JpegContainer.inks(reader());
    }

    /** A PNG without the chunks that say nothing of pixels, and without a gray picture's transparent level. */
    public ByteBuffer pngOfPixelsOnly() {
        return PngContainer.pixelsOnly(bytes);
    }

    /** The transparent level of a gray PNG in its decoded samples. */
    public Optional<Integer> transparentLevelOfPng() {
        return PngContainer.transparentLevel(bytes);
    }

    /**
     * Changes a TIFF so that the decoder delivers samples as stored.
     *
     * @return whether 0 means white
     */
    public boolean keepSamplesOfTiffAsStored() {
        return TiffContainer.keepSamplesAsStored(bytes);
    }

    private Container container() {
        return format.container();
    }

    private ByteReader reader() {
        return new ByteReader(bytes);
    }
}
