package dev.darkroom.image.file;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats that are read, and what each can hold; those that are written too hold an ICC profile and a resolution. */
public enum ImageFormat {
    PNG("image/png", List.of("png"), true, true, true, Integer.MAX_VALUE),
    /** Sides as libjpeg limits them. */
    JPEG("image/jpeg", List.of("jpg", "jpeg"), false, false, true, 65_500),
    WEBP("image/webp", List.of("webp"), false, true, false, 16_383),
    TIFF("image/tiff", List.of("tif", "tiff"), true, true, true, Integer.MAX_VALUE),
    /** Read only: answered as PNG. */
    BMP("image/bmp", List.of("bmp"), false, false, true, Integer.MAX_VALUE),
    /** Read only: answered as PNG. */
    GIF("image/gif", List.of("gif"), false, false, true, Integer.MAX_VALUE),
    /** Read only: answered as JPEG, or as PNG if it has alpha or more than 8 bits. */
    HEIC("image/heic", List.of("heic", "heif"), true, true, true, Integer.MAX_VALUE),
    /** The same. */
    AVIF("image/avif", List.of("avif"), true, true, true, Integer.MAX_VALUE);

    /** Those that are written. */
    public static final Set<ImageFormat> WRITTEN = Collections.unmodifiableSet(EnumSet.of(PNG, JPEG, WEBP, TIFF));

    private final String mediaType;
    private final List<String> extensions;
    private final boolean holds16Bit;
    private final boolean holdsAlpha;
    private final boolean holdsGray;
    private final int maxSide;

    ImageFormat(String mediaType, List<String> extensions, boolean holds16Bit, boolean holdsAlpha, boolean holdsGray, int maxSide) {
        this.mediaType = mediaType;
        this.extensions = extensions;
        this.holds16Bit = holds16Bit;
        this.holdsAlpha = holdsAlpha;
        this.holdsGray = holdsGray;
        this.maxSide = maxSide;
    }

    /** The format to write that is called {@code png}, {@code jpeg}, {@code jpg}, {@code webp}, {@code tiff} or {@code tif}, in any case. */
    public static Optional<ImageFormat> named(String name) {
        return WRITTEN.stream().filter(format -> format.extensions.contains(name.toLowerCase(Locale.ROOT))).findFirst();
    }

    /** The format to write of a media type without parameters, such as {@code image/png}. */
    public static Optional<ImageFormat> ofMediaType(String mediaType) {
        return WRITTEN.stream().filter(format -> format.mediaType.equalsIgnoreCase(mediaType)).findFirst();
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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
