package dev.darkroom.image.file;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is kept of an image besides its pixels.
 *
 * @param icc        bytes of its colour profile
 * @param resolution in dots an inch
 * @param exif       a block of EXIF, a small TIFF file
 * @param xmp        a packet of XMP, UTF-8
 * @param photoshop  Photoshop's image resources, IPTC among them
 */
public record Metadata(Optional<byte[]> icc, Optional<Resolution> resolution, Optional<byte[]> exif, Optional<byte[]> xmp, Optional<byte[]> photoshop) {

    public static final Metadata NONE = new Metadata(Optional.empty(), Optional.empty());

    /** A profile is at most this long; JPEG cannot hold more. */
    public static final int MAX_ICC_BYTES = 255 * 65_519;
    /** The most that a block of EXIF or a packet of XMP may have; a JPEG holds 64 KB of each. */
    public static final int MAX_BLOCK_BYTES = 1 << 20;

    /** Where an ICC profile's header names its colour space (ICC.1:2022, 7.2.6). */
    private static final int COLOUR_SPACE_AT = 16;

    public Metadata(Optional<byte[]> icc, Optional<Resolution> resolution) {
        this(icc, resolution, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static <T> Optional<T> ifIntact(Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (DamagedImageException damagedMetadataOnly) {
            return Optional.empty();
        }
    }

    public Metadata withoutIcc() {
        return new Metadata(Optional.empty(), resolution, exif, xmp, photoshop);
    }

    public Metadata with(Optional<byte[]> otherExif, Optional<byte[]> otherXmp) {
        return new Metadata(icc, resolution, otherExif, otherXmp, photoshop);
    }

    public Metadata withoutPhotoshop() {
        return new Metadata(icc, resolution, exif, xmp, Optional.empty());
    }

    /** Profile and resolution alone: what decides how the pixels are shown. */
    public Metadata stripped() {
        return new Metadata(icc, resolution);
    }

    /** Whether the profile describes pictures of so many channels, or nobody can tell. */
    public boolean profileFits(int channels) {
        return !(channels == 1 ? describes("RGB ") || describes("CMYK") : describes("GRAY") || describes("CMYK"));
    }

    private boolean describes(String space) {
        return icc.filter(profile -> profile.length >= COLOUR_SPACE_AT + 4)
                .map(profile -> new String(profile, COLOUR_SPACE_AT, 4, StandardCharsets.ISO_8859_1).equals(space))
                .orElse(false);
    }
}
