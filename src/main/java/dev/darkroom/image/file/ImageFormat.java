package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats that are read, and what each can hold; all but BMP are written too, and hold an ICC profile and a resolution. */
public enum ImageFormat {
    PNG("image/png", List.of("png"), true, true, true, Integer.MAX_VALUE, new PngContainer()),
    /** Sides as libjpeg limits them. */
    JPEG("image/jpeg", List.of("jpg", "jpeg"), false, false, true, 65_500, new JpegContainer()),
    WEBP("image/webp", List.of("webp"), false, true, false, 16_383, new WebpContainer()),
    TIFF("image/tiff", List.of("tif", "tiff"), true, true, true, Integer.MAX_VALUE, new TiffContainer()),
    /** Read only: answered as PNG. */
    BMP("image/bmp", List.of("bmp"), false, false, true, Integer.MAX_VALUE, new BmpContainer());

    /** Those that are written. */
    public static final Set<ImageFormat> WRITTEN = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(BMP)));

    private final String mediaType;
    private final List<String> extensions;
    private final boolean holds16Bit;
    private final boolean holdsAlpha;
    private final boolean holdsGray;
    private final int maxSide;
    private final Container container;

    ImageFormat(String mediaType, List<String> extensions, boolean holds16Bit, boolean holdsAlpha, boolean holdsGray,
            int maxSide, Container container) {
        this.mediaType = mediaType;
        this.extensions = extensions;
        this.holds16Bit = holds16Bit;
        this.holdsAlpha = holdsAlpha;
        this.holdsGray = holdsGray;
        this.maxSide = maxSide;
        this.container = container;
    }

    /**
     * The format whose magic number {@code bytes} begin with.
     *
     * @throws UnsupportedImageException if they begin with none
     */
    public static ImageFormat sniff(ByteBuffer bytes) {
        var reader = new ByteReader(bytes);
        return Arrays.stream(values()).filter(format -> format.container.recognises(reader)).findFirst()
                .orElseThrow(() -> new UnsupportedImageException(OtherFormat.of(reader).map(OtherFormat::refusal)
                        .orElse("the bytes are not a PNG, JPEG, WebP, TIFF or BMP image")));
    }

    /** The format to write that is called {@code png}, {@code jpeg}, {@code webp} or {@code tiff}, in any case. */
    public static Optional<ImageFormat> named(String name) {
        return WRITTEN.stream().filter(format -> format.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The format to write of a media type without parameters, such as {@code image/png}. */
    public static Optional<ImageFormat> ofMediaType(String mediaType) {
        return WRITTEN.stream().filter(format -> format.mediaType.equalsIgnoreCase(mediaType)).findFirst();
    }

    /** What a picture in this format is answered in unless another is asked for. */
    public ImageFormat answer() {
        return WRITTEN.contains(this) ? this : PNG;
    }

    public String mediaType() {
        return mediaType;
    }

    /** File name endings without the dot, the usual one first. */
    public List<String> extensions() {
        return extensions;
    }

    public boolean holds16Bit() {
        return holds16Bit;
    }

    public boolean holdsAlpha() {
        return holdsAlpha;
    }

    public boolean holdsGray() {
        return holdsGray;
    }

    /** Whether there is room for all of it. */
    public boolean holds(Metadata metadata) {
        return container.holds(metadata);
    }

    /** The most pixels a row or column can have. */
    public int maxSide() {
        return maxSide;
    }

    /** @throws ImageTooLargeException if a side is longer than the format allows */
    public void requireHolds(int width, int height) {
        if (Math.max(width, height) > maxSide) {
            throw new ImageTooLargeException("%s images are at most %d pixels wide and high".formatted(this, maxSide));
        }
    }

    Container container() {
        return container;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
