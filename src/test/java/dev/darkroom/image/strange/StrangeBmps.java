package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.file.DamagedImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** BMPs of 32 x 16 pixels, drawn from below. */
final class StrangeBmps {
    private static final int WIDTH = 32;
    private static final int HEIGHT = 16;
    private static final int INFORMATION = 40;
    private static final int V4 = 108;
    private static final int MASKS = 3;
    /** What 5 bits of 0 to 31 are at full scale. */
    private static final int[] FIVE_BITS = {0, 0, 0, 8, 8, 8, 16, 16, 16, 25, 25, 25};

    private StrangeBmps() {}

    static List<Strange> files() {
        byte[] runs = runs();
        return List.of(
                new Strange("bmp-rgb565.bmp", bmp(INFORMATION, 16, MASKS, pixels565(), 0xf800, 0x7e0, 0x1f), StrangeBmps::isWhiteAtItsEnd),
                new Strange("bmp-rgb565-v4-header.bmp", bmp(V4, 16, MASKS, pixels565(), 0xf800, 0x7e0, 0x1f, 0), StrangeBmps::isWhiteAtItsEnd),
                new Strange("bmp-rgb555.bmp", bmp(INFORMATION, 16, 0, pixels555()), outcome -> {
                    outcome.changed("").pixels(FIVE_BITS);
                    isWhiteAtItsEnd(outcome);
                }),
                new Strange("bmp-32-rgbx-masks.bmp", bmp(INFORMATION, 32, MASKS, pixels((r, g, b, x) -> r << 24 | g << 16 | b << 8), 0xff000000, 0xff0000, 0xff00),
                        outcome -> outcome.changed("").pixels(0, 0, 0, 8, 0, 5, 16, 0, 11)),
                new Strange("bmp-32-1010102-masks.bmp", bmp(INFORMATION, 32, MASKS,
                        pixels((r, g, b, x) -> r * 1023 / 255 << 20 | g * 1023 / 255 << 10 | b * 1023 / 255), 0x3ff00000, 0xffc00, 0x3ff),
                        outcome -> assertThat(outcome.changed("").near(64, 0, 0, 0, 8 * 257, 0, 5 * 257).bits()).isEqualTo(16)),
                new Strange("bmp-32-alpha-v4.bmp", withAlpha(),
                        outcome -> assertThat(outcome.changed("").alpha()).startsWith(0, 8, 16).hasSize(WIDTH * HEIGHT)),
                new Strange("bmp-32-alpha-of-zeros.bmp", bmp(V4, 32, MASKS, pixels((r, g, b, x) -> r << 16 | g << 8 | b), 0xff0000, 0xff00, 0xff, 0xff000000),
                        outcome -> assertThat(outcome.pixels(0, 0, 0, 8, 0, 5).alpha()).containsOnly(255)),
                new Strange("bmp-rle8-rows-padded-to-4.bmp", rle(1, 8, runs), outcome -> outcome.changed("").pixels(120, 15, 240, 120, 15, 240, 120, 15, 240, 120, 15, 240, 120, 14, 241)),
                new Strange("bmp-rle8-cut-short.bmp", rle(1, 8, Arrays.copyOf(runs, runs.length / 2)), outcome -> outcome.refused(DamagedImageException.class)),
                new Strange("bmp-rle4.bmp", rle(2, 4, new byte[] {3, 0x12, 0, 4, 0x34, 0x50, 0, 1}), outcome -> {
                    int[] samples = outcome.changed("").samples();
                    assertThat(Arrays.copyOfRange(samples, samples.length - 90, samples.length - 90 + 21))
                            .containsExactly(0, 254, 1, 1, 253, 2, 0, 254, 1, 1, 252, 3, 2, 251, 4, 2, 250, 5, 0, 255, 0);
                }),
                new Strange("bmp-os2.bmp", os2(), outcome -> outcome.changed("").pixels(10, 20, 30, 40, 50, 60)));
    }

    static byte[] withAlpha() {
        return bmp(V4, 32, MASKS, pixels((r, g, b, x) -> x * 255 / 31 << 24 | r << 16 | g << 8 | b), 0xff0000, 0xff00, 0xff, 0xff000000);
    }

    private static void isWhiteAtItsEnd(Strange.Outcome outcome) {
        int[] samples = outcome.changed("").samples();
        assertThat(Arrays.copyOfRange(samples, 31 * 3, 32 * 3)).containsExactly(255, 255, 255);
    }

    private interface Packing {
        int of(int red, int green, int blue, int x);
    }

    private static byte[] pixels(Packing packing) {
        var bytes = little(WIDTH * HEIGHT * 4);
        for (int y = HEIGHT - 1; y >= 0; y--) {
            for (int x = 0; x < WIDTH; x++) {
                bytes.putInt(packing.of(x * 255 / (WIDTH - 1), y * 255 / (HEIGHT - 1), (x + y) * 255 / (WIDTH + HEIGHT - 2), x));
            }
        }
        return bytes.array();
    }

    private static byte[] pixels565() {
        var bytes = little(WIDTH * HEIGHT * 2);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int level = i % WIDTH;
            bytes.putShort((short) (level << 11 | level * 2 + (level >> 4) << 5 | level));
        }
        return bytes.array();
    }

    private static byte[] pixels555() {
        var bytes = little(WIDTH * HEIGHT * 2);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            bytes.putShort((short) (i % WIDTH * 0x421));
        }
        return bytes.array();
    }

    private static byte[] bmp(int header, int bits, int compression, byte[] pixels, int... masks) {
        int at = 14 + header + (header == INFORMATION ? 4 * masks.length : 0);
        var bmp = start(at + pixels.length, at, header, WIDTH, bits, compression, 0);
        for (int mask : masks) {
            bmp.putInt(mask);
        }
        if (header == V4) {
            bmp.putInt(0x73524742); // "BGRs": sRGB
        }
        return bmp.put(at, pixels).array();
    }

    private static ByteBuffer start(int size, int pixelsAt, int header, int width, int bits, int compression, int colours) {
        return little(size).put(latin1("BM")).putInt(size).putInt(0).putInt(pixelsAt).putInt(header).putInt(width).putInt(HEIGHT).putShort((short) 1)
                .putShort((short) bits).putInt(compression).putInt(0).putInt(2835).putInt(2835).putInt(colours).putInt(0);
    }

    /** 30 pixels wide; each row of runs fills 32. */
    private static byte[] runs() {
        var runs = new ByteArrayOutputStream();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < 28; x += 4) {
                runs.writeBytes(new byte[] {4, (byte) (y * 16 + x / 4)});
            }
            runs.writeBytes(new byte[] {2, (byte) (y * 16 + 7), 2, 0, 0, 0});
        }
        runs.writeBytes(new byte[] {0, 1});
        return runs.toByteArray();
    }

    private static byte[] rle(int compression, int bits, byte[] runs) {
        int colours = 1 << bits;
        int at = 54 + 4 * colours;
        var bmp = start(at + runs.length, at, INFORMATION, 30, bits, compression, colours);
        for (int i = 0; i < colours; i++) {
            bmp.put((byte) i).put((byte) (255 - i)).put((byte) (i / 2)).put((byte) 0);
        }
        return bmp.put(at, runs).array();
    }

    private static byte[] os2() {
        return little(34).put(latin1("BM")).putInt(34).putInt(0).putInt(26).putInt(12).putShort((short) 2).putShort((short) 1).putShort((short) 1)
                .putShort((short) 24).put(new byte[] {30, 20, 10, 60, 50, 40}).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
