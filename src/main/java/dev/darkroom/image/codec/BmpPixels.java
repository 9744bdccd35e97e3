package dev.darkroom.image.codec;

import dev.darkroom.image.container.graphic.BmpLayout;
import dev.darkroom.image.container.graphic.BmpLayout.Runs;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes BMPs of every depth, with masks, alpha and runs, of which OpenCV and the JDK each read only a part. */
final class BmpPixels {
    private final BmpLayout layout;
    private final ByteBuffer file;
    private final int channels;
    private final boolean opaque;

    private BmpPixels(ByteBuffer bytes, BmpLayout layout, ImageHeader header) {
        this.layout = layout;
        file = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        channels = header.channels() + (header.alpha() ? 1 : 0);
        opaque = header.alpha() && !hasAnyAlpha();
    }

    /** @throws DamagedImageException if there is less of it than its header says */
    static Mat decode(ByteBuffer bytes, BmpLayout layout, ImageHeader header) {
        Mat pixels = OpenCv.black(header.width(), header.height(), header.channels() + (header.alpha() ? 1 : 0), layout.bitsPerSample());
        try {
            new BmpPixels(bytes, layout, header).into(pixels);
            return pixels;
        } catch (IndexOutOfBoundsException | IllegalArgumentException cutShort) {
            pixels.close();
            throw new DamagedImageException("the image file is cut short", cutShort);
        }
    }

    private void into(Mat pixels) {
        if (layout.runs() != Runs.NONE) {
            runs(pixels);
            return;
        }
        int stride = Math.toIntExact(((long) layout.width() * layout.bits() + 31) / 32 * 4);
        for (int y = 0; y < layout.height(); y++) {
            ByteBuffer row = row(pixels, y);
            int at = layout.pixelsAt() + stride * y;
            for (int x = 0; x < layout.width(); x++) {
                put(row, value(at, x));
            }
        }
    }

    /** A pixel's bits, of a row that begins at {@code at}. */
    private int value(int at, int x) {
        int bits = layout.bits();
        return switch (bits) {
            case 8 -> file.get(at + x) & 0xff;
            case 16 -> file.getShort(at + 2 * x) & 0xffff;
            case 24 -> file.get(at + 3 * x) & 0xff | (file.get(at + 3 * x + 1) & 0xff) << 8 | (file.get(at + 3 * x + 2) & 0xff) << 16;
            case 32 -> file.getInt(at + 4 * x);
            default -> (file.get(at + x * bits / 8) & 0xff) >> 8 - bits - x * bits % 8 & (1 << bits) - 1;
        };
    }

    private void put(ByteBuffer row, int value) {
        int[] palette = layout.palette();
        if (palette.length > 0) {
            int colour = value < palette.length ? palette[value] : 0;
            for (int c = 0; c < channels; c++) {
                row.put((byte) (colour >> 8 * c)); // gray: all three are equal
            }
            return;
        }
        sample(row, value, layout.blue());
        sample(row, value, layout.green());
        sample(row, value, layout.red());
        if (channels == 4) {
            sample(row, opaque ? -1 : value, layout.alpha());
        }
    }

    /** The masked bits at full scale. */
    private void sample(ByteBuffer row, int value, int mask) {
        long levels = (1L << Integer.bitCount(mask)) - 1;
        long level = mask == 0 ? 0 : (value & mask) >>> Integer.numberOfTrailingZeros(mask);
        boolean deep = layout.bitsPerSample() == 16;
        long full = deep ? 65535 : 255;
        long scaled = levels < 1 ? 0 : Math.min(full, (level * full + levels / 2) / levels);
        if (deep) {
            row.putShort((short) scaled);
        } else {
            row.put((byte) scaled);
        }
    }

    /** Many programs write an alpha of nothing but zeros and mean an opaque picture. */
    private boolean hasAnyAlpha() {
        int bytes = layout.bits() / 8;
        for (int at = layout.pixelsAt(); at + bytes <= file.capacity(); at += bytes) {
            if (((bytes == 4 ? file.getInt(at) : file.getShort(at)) & layout.alpha()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** What lies beyond the width is left out: rows are often padded to four pixels. */
    private void runs(Mat pixels) {
        boolean nibbles = layout.runs() == Runs.OF_4_BITS;
        int at = layout.pixelsAt();
        int x = 0;
        for (int y = 0; y < layout.height(); ) {
            int count = file.get(at) & 0xff;
            int second = file.get(at + 1) & 0xff;
            at += 2;
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    put(pixels, x++, y, !nibbles ? second : i % 2 == 0 ? second >> 4 : second & 15);
                }
            } else if (second == 0) {
                x = 0;
                y++;
            } else if (second == 1) {
                return;
            } else if (second == 2) {
                x += file.get(at) & 0xff;
                y += file.get(at + 1) & 0xff;
                at += 2;
            } else {
                for (int i = 0; i < second; i++) {
                    int packed = file.get(nibbles ? at + i / 2 : at + i) & 0xff;
                    put(pixels, x++, y, !nibbles ? packed : i % 2 == 0 ? packed >> 4 : packed & 15);
                }
                int bytes = nibbles ? (second + 1) / 2 : second;
                at += bytes + (bytes & 1);
            }
        }
    }

    private void put(Mat pixels, int x, int y, int value) {
        if (x < layout.width() && y < layout.height()) {
            put(row(pixels, y).position(x * channels), value);
        }
    }

    /** Row {@code y} as stored. */
    private ByteBuffer row(Mat pixels, int y) {
        int upright = layout.topDown() ? y : layout.height() - 1 - y;
        return pixels.ptr(upright).capacity(layout.width() * pixels.elemSize()).asByteBuffer().order(ByteOrder.nativeOrder());
    }
}
