package dev.darkroom.image.container.graphic;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How a BMP stores its picture.
 *
 * @param topDown  whether the first row stored is the uppermost
 * @param bits     of a pixel: 1, 2, 4, 8, 16, 24 or 32
 * @param red      which bits of a pixel are red; like the others 0 if there is a palette
 * @param alpha    which are alpha; 0 if none are
 * @param palette  0xRRGGBB for each number; empty if pixels hold colours
 * @param pixelsAt where they begin
 * @param icc      an embedded profile
 */
public record BmpLayout(int width, int height, boolean topDown, int bits, Runs runs, int red, int green, int blue, int alpha, int[] palette,
        int pixelsAt, Optional<byte[]> icc) {

    /** Of equal pixels: as numbers of 4 or 8 bits, or none. */
    public enum Runs { NONE, OF_8_BITS, OF_4_BITS }

    private static final int INFORMATION_AT = 14;
    private static final int CORE = 12;
    private static final int WITH_SIZE = 40;
    private static final int WITH_MASKS = 52;
    private static final int WITH_ALPHA = 56;
    private static final int OS2 = 64;
    private static final int WITH_COLOURS = 108;
    private static final int WITH_PROFILE = 124;
    private static final int MASKS_AT = INFORMATION_AT + WITH_SIZE;
    private static final int UNCOMPRESSED = 0;
    private static final int RUNS_OF_8 = 1;
    private static final int RUNS_OF_4 = 2;
    private static final int MASKS = 3;
    private static final int MASKS_WITH_ALPHA = 6;
    private static final long EMBEDDED = 0x4d424544;

    static boolean begins(ByteReader file) {
        return file.has(0, "BM") && file.size() >= INFORMATION_AT + 4 && file.order(ByteOrder.LITTLE_ENDIAN).u32(INFORMATION_AT) <= WITH_PROFILE;
    }

    /** Whether a picture of palette has no colour. */
    boolean isGray() {
        for (int colour : palette) {
            if ((colour >> 16 & 0xff) != (colour >> 8 & 0xff) || (colour >> 8 & 0xff) != (colour & 0xff)) {
                return false;
            }
        }
        return palette.length > 0;
    }

    /** 16 if a mask has more than 8, else 8. */
    public int bitsPerSample() {
        return Math.max(Integer.bitCount(red), Math.max(Integer.bitCount(green), Integer.bitCount(blue))) > 8 ? 16 : 8;
    }

    /** @throws ImageException if it is cut short, or of a kind that is not read */
    public static BmpLayout of(ByteReader bigEndian) {
        ByteReader file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        int information = (int) file.u32(INFORMATION_AT);
        boolean core = information == CORE;
        if (!core && information < 16) {
            throw new DamagedImageException("the BMP has no valid header");
        }
        int width = core ? file.u16(18) : (int) file.u32(18);
        int height = core ? file.u16(20) : (int) file.u32(22); // negative: the first row is the uppermost
        if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
            throw new DamagedImageException("the BMP has no valid size");
        }
        int bits = file.u16(core ? 24 : 28);
        int compression = information < 20 ? UNCOMPRESSED : (int) file.u32(30);
        requireReadable(bits, compression, information);
        boolean masked = compression == MASKS || compression == MASKS_WITH_ALPHA;
        int masksBehind = !masked || information >= WITH_MASKS ? 0 : compression == MASKS ? 12 : 16;
        int paletteAt = INFORMATION_AT + information + masksBehind;
        int pixelsAt = (int) Math.min(Integer.MAX_VALUE, file.u32(10));
        int[] palette = bits > 8 ? new int[0] : palette(file, paletteAt, pixelsAt, bits, core, information);
        Runs runs = compression == RUNS_OF_8 ? Runs.OF_8_BITS : compression == RUNS_OF_4 ? Runs.OF_4_BITS : Runs.NONE;
        requireWhole(file, pixelsAt, runs, width, Math.abs(height), bits);
        boolean hasAlpha = compression == MASKS_WITH_ALPHA || masked && information >= WITH_ALPHA && information != OS2;
        return new BmpLayout(width, Math.abs(height), height < 0, bits, runs, mask(file, masked, bits, 0), mask(file, masked, bits, 1), mask(file, masked, bits, 2),
                hasAlpha ? (int) file.u32(MASKS_AT + 12) : 0, palette, pixelsAt, profile(file, information));
    }

    private static int mask(ByteReader file, boolean masked, int bits, int colour) {
        return masked ? (int) file.u32(MASKS_AT + 4L * colour) : bits == 16 ? 0x7c00 >> 5 * colour : bits > 16 ? 0xff0000 >> 8 * colour : 0;
    }

    private static void requireReadable(int bits, int compression, int information) {
        boolean readable = switch (compression) {
            case UNCOMPRESSED -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
            case RUNS_OF_8 -> bits == 8;
            case RUNS_OF_4 -> bits == 4;
            case MASKS, MASKS_WITH_ALPHA -> (bits == 16 || bits == 32) && information >= WITH_SIZE && information != OS2;
            default -> false;
        };
        if (!readable) {
            throw new UnsupportedImageException("BMPs of %d bits with compression %d%s are not supported".formatted(bits, compression,
                    compression == 4 ? " (JPEG)" : compression == 5 ? " (PNG)" : ""));
        }
    }

    private static int[] palette(ByteReader file, int at, int pixelsAt, int bits, boolean core, int information) {
        int size = core ? 3 : 4;
        long used = information < 36 ? 0 : file.u32(46);
        long room = pixelsAt > at ? (pixelsAt - at) / size : Long.MAX_VALUE;
        if (used > 1 << bits) {
            throw new DamagedImageException("the BMP's palette has more colours than its pixels can name");
        }
        int[] colours = new int[(int) Math.min(used == 0 ? 1L << bits : used, room)];
        for (int i = 0; i < colours.length; i++) {
            long entry = at + (long) size * i;
            colours[i] = file.u8(entry + 2) << 16 | file.u8(entry + 1) << 8 | file.u8(entry);
        }
        return colours;
    }

    private static void requireWhole(ByteReader file, int pixelsAt, Runs runs, int width, int height, int bits) {
        file.slice(pixelsAt, 0);
        long row = ((long) width * bits + 31) / 32 * 4;
        // The padding of the last row is often left out.
        if (runs == Runs.NONE && row * (height - 1) + ((long) width * bits + 7) / 8 > file.size() - pixelsAt) {
            throw new DamagedImageException("the image file is cut short");
        }
    }

    private static Optional<byte[]> profile(ByteReader file, int information) {
        return information < WITH_PROFILE || file.u32(INFORMATION_AT + 56) != EMBEDDED ? Optional.empty() : Metadata.ifIntact(() -> {
            long size = file.u32(INFORMATION_AT + 116);
            return size == 0 || size > Metadata.MAX_ICC_BYTES ? Optional.empty()
                    : Optional.of(file.array(INFORMATION_AT + file.u32(INFORMATION_AT + 112), size));
        });
    }

    /** Whether it says by numbers what its colours are, which hardly any program heeds. */
    static boolean isCalibrated(ByteReader bigEndian) {
        ByteReader file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        return file.u32(INFORMATION_AT) >= WITH_COLOURS && file.u32(INFORMATION_AT + 56) == 0 && file.u32(INFORMATION_AT + 60) != 0;
    }
}
