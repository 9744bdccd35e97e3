package dev.darkroom.image.file;

import java.nio.ByteOrder;
import java.util.Optional;

/** BMP (Windows bitmap), which is read but not written: a file header of 14 bytes, an information header, perhaps a palette, rows. */
final class BmpContainer implements Container {
    private static final int INFORMATION_AT = 14;
    private static final int SHORTEST_INFORMATION = 40;
    private static final int LONGEST_INFORMATION = 124;
    private static final int UNCOMPRESSED = 0;
    private static final int RUNS_OF_8_BITS = 1;
    private static final int MASKS = 3;

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, "BM") && file.size() >= INFORMATION_AT + 4
                && file.order(ByteOrder.LITTLE_ENDIAN).u32(INFORMATION_AT) <= LONGEST_INFORMATION;
    }

    @Override
    public ImageHeader header(ByteReader bigEndian) {
        ByteReader file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        long information = file.u32(INFORMATION_AT);
        if (information < SHORTEST_INFORMATION) {
            throw new UnsupportedImageException("BMPs of OS/2 are not supported");
        }
        int width = (int) file.u32(18);
        int height = (int) file.u32(22); // negative: the first row is the uppermost
        if (width < 1 || height == 0 || height == Integer.MIN_VALUE || file.u16(26) != 1) {
            throw new DamagedImageException("the BMP has no valid size");
        }
        int bits = file.u16(28);
        long compression = file.u32(30);
        requireReadable(bits, compression);
        long pixelsAt = file.u32(10);
        if (compression != RUNS_OF_8_BITS) {
            long row = ((long) width * bits + 31) / 32 * 4;
            file.slice(pixelsAt, 0);
            if (Math.abs((long) height) > (file.size() - pixelsAt) / row) {
                throw new DamagedImageException("the image file is cut short");
            }
        }
        return new ImageHeader(ImageFormat.BMP, width, Math.abs(height), bits <= 8 && isGray(file, information, bits) ? 1 : 3, false, 8,
                Orientation.NONE);
    }

    private static void requireReadable(int bits, long compression) {
        boolean readable = switch (bits) {
            case 1, 4, 24 -> compression == UNCOMPRESSED;
            case 8 -> compression == UNCOMPRESSED || compression == RUNS_OF_8_BITS;
            case 16, 32 -> compression == UNCOMPRESSED || compression == MASKS;
            default -> false;
        };
        if (!readable) {
            throw new UnsupportedImageException("this kind of BMP is not supported; 1 to 32 bits, uncompressed or 8 bits in runs, are");
        }
    }

    private static boolean isGray(ByteReader file, long information, int bits) {
        long used = file.u32(46);
        long colours = used == 0 ? 1L << bits : used;
        if (colours > 1 << bits) {
            throw new DamagedImageException("the BMP's palette has more colours than its pixels can name");
        }
        for (long at = INFORMATION_AT + information, end = at + 4 * colours; at < end; at += 4) {
            if (file.u8(at) != file.u8(at + 1) || file.u8(at) != file.u8(at + 2)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return 0;
    }

    @Override
    public Metadata metadata(ByteReader bigEndian) {
        ByteReader file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        return new Metadata(Optional.empty(), Resolution.of(file.u32(38) / 100.0, file.u32(42) / 100.0, Resolution.UNIT_CM));
    }

    @Override
    public byte[] embed(ByteReader encoded, Metadata metadata) {
        throw new UnsupportedOperationException("BMPs are not written");
    }
}
