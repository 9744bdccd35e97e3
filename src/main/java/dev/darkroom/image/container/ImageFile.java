package dev.darkroom.image.container;

import dev.darkroom.image.container.graphic.BmpLayout;
import dev.darkroom.image.container.graphic.GifContainer;
import dev.darkroom.image.container.graphic.PngContainer;
import dev.darkroom.image.container.heif.HeifContainer;
import dev.darkroom.image.container.heif.HeifPicture;
import dev.darkroom.image.container.jpeg.JpegContainer;
import dev.darkroom.image.container.tiff.TiffContainer;
import dev.darkroom.image.container.tiff.TiffPages;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Carried;
import dev.darkroom.image.file.Container;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

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
        return new ImageFile(Containers.recognise(new ByteReader(bytes)), bytes);
    }

    /** What a file of that format has room for. */
    public static Metadata fitting(ImageFormat format, Metadata metadata) {
        return Containers.of(format).fitting(metadata);
    }

    /**
     * A file of one of this one's pictures alone: of a TIFF's pages, or a GIF's first frame.
     *
     * @param page counted from 1
     * @param room for a copy, told how large; not asked if the file has no other picture
     * @throws UnsupportedImageException if there is none of that number, or it is not read
     */
    public ByteBuffer page(int page, IntFunction<ByteBuffer> room) {
        if (isDng()) {
            throw new UnsupportedImageException("a DNG holds one photograph; page is for other TIFFs");
        }
        if (format == ImageFormat.TIFF) {
            return TiffPages.page(reader(), page, room);
        }
        if (page != 1) {
            throw new UnsupportedImageException("of images other than TIFFs only page 1 is read");
        }
        return format == ImageFormat.GIF ? GifContainer.firstFrame(reader(), room) : bytes;
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

    /** Everything that the file carries beyond a plain picture, and what copies of it may lack. */
    public Ledger ledger() {
        ImageHeader header = header();
        Metadata metadata = metadata();
        return new Ledger(Optional.of(format)).and(Ledger.of(header.channels(), header.alpha(), header.bitsPerSample())).and(Ledger.of(metadata)).and(container().others(reader(), metadata))
                .enter(header.cmyk(), Carried.CMYK, "inks");
    }

    /** This file, fresh from our own encoder, with {@code metadata} put in; written to {@code room}, which is told how much. */
    public ByteBuffer embedding(Metadata metadata, IntFunction<ByteBuffer> room) {
        return container().embed(reader(), metadata, room);
    }

    /** Whether this is a DNG, which is refused as a picture until it has been developed. */
    public boolean isDng() {
        return format == ImageFormat.TIFF && TiffContainer.isDng(reader());
    }

    /** {@link #ledger} of a DNG that has been developed, but for what its samples need. */
    public Ledger ledgerOfDng(Metadata read) {
        return Ledger.of(3, false, 16).and(Ledger.of(read)).and(TiffContainer.othersOfDng(reader(), read));
    }

    /** Whether colours have been multiplied by alpha. */
    public boolean isPremultiplied(ImageHeader header) {
        boolean heif = header.format() == ImageFormat.HEIC || header.format() == ImageFormat.AVIF;
        return heif ? heif().premultiplied() : TiffContainer.isPremultiplied(reader(), header);
    }

    /** Whether the inks of a JPEG are coded as YCbCr. */
    public boolean isYcck() {
        return JpegContainer.isYcck(reader());
    }

    /** Whether a JPEG has the mark that ends its picture. */
    public boolean jpegHasEnd() {
        return JpegContainer.hasEnd(reader());
    }

    /** What a HEIF's picture is made of. */
    public HeifPicture heif() {
        return HeifContainer.picture(reader());
    }

    /** Where a BMP has what. */
    public BmpLayout bmp() {
        return BmpLayout.of(reader());
    }

    /** Whether OpenCV's decoder reads this TIFF right. */
    public boolean isPlainTiff() {
        return TiffContainer.isPlain(reader());
    }

    /** Samples of a TIFF's pixel that are neither colour nor ink. */
    public int extraSamplesOfTiff() {
        return TiffContainer.extraSamples(reader());
    }

    /** @throws DamagedImageException if something of a TIFF's compressed samples is missing */
    public void requireWholeTiff(ImageHeader header) {
        TiffContainer.requireWhole(reader(), header);
    }

    /** A PNG without the chunks that say nothing of pixels, and without a gray picture's transparent level; written to {@code room}. */
    public ByteBuffer pngOfPixelsOnly(IntFunction<ByteBuffer> room) {
        return PngContainer.pixelsOnly(bytes, room);
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
        return Containers.of(format);
    }

    private ByteReader reader() {
        return new ByteReader(bytes);
    }
}
