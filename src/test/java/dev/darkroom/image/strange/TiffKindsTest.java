package dev.darkroom.image.strange;

import static dev.darkroom.image.strange.Drawing.HEIGHT;
import static dev.darkroom.image.strange.Drawing.WIDTH;
import static dev.darkroom.image.strange.Drawing.ramp;
import static dev.darkroom.image.strange.Tiff.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.Jdk;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.image.file.UnsupportedImageException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.function.IntBinaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFFs as scanners, printers' programs, microscopes and faxes write them. */
class TiffKindsTest {
    private static final int GRAY_INVERTED = 0;
    private static final int GRAY = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int INKS = 5;
    private static final int FLOAT = 3;

    /** Packed from the highest bit, each row from a whole byte. */
    private static byte[] packed(int samples, int bits, IntBinaryOperator levels) {
        int row = (WIDTH * samples * bits + 7) / 8;
        byte[] data = new byte[row * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int i = 0; i < WIDTH * samples; i++) {
                int level = levels.applyAsInt(i, y);
                for (int bit = 0; bit < bits; bit++) {
                    if ((level >> bits - 1 - bit & 1) == 1) {
                        int at = i * bits + bit;
                        data[y * row + at / 8] |= (byte) (0x80 >> at % 8);
                    }
                }
            }
        }
        return data;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 4", "0, 2", "0, 4"})
    void readsGrayOfFewBits(int photometric, int bits) {
        int white = (1 << bits) - 1;
        byte[] data = packed(1, bits, (x, y) -> photometric == GRAY ? x % (white + 1) : white - x % (white + 1));
        var outcome = answer(new Tiff(WIDTH, HEIGHT, photometric, 1, 1, bits, data).file());
        int[] expected = new int[WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            expected[x] = x % (white + 1) * 255 / white;
        }
        outcome.changed("").pixels(expected);
        assertThat(outcome.samples()).hasSize(WIDTH * HEIGHT);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 16})
    void turnsTilesWhoseZeroIsWhite(int bits) {
        byte[] data = packed(1, bits, (x, y) -> (1 << bits) - 1 - x);
        byte[] file = new Tiff(WIDTH, HEIGHT, GRAY_INVERTED, 1, 1, bits, bits == 16 ? swapped(data) : data).tiled(WIDTH, HEIGHT, data.length).file();
        int step = bits == 8 ? 1 : (1 << 16) / (1 << bits);
        answer(file).changed("").near(1, 0, step, 2 * step, 3 * step);
    }

    private static byte[] swapped(byte[] data) {
        byte[] little = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            little[i] = data[i ^ 1];
        }
        return little;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void readsPalettes(int bits) {
        int colours = 1 << bits;
        int[] map = new int[3 * colours];
        for (int i = 0; i < colours; i++) {
            map[i] = i * 65535 / (colours - 1);
            map[colours + i] = 65535 - map[i];
            map[2 * colours + i] = 0x4040;
        }
        byte[] data = packed(1, bits, (x, y) -> x % colours);
        answer(new Tiff(WIDTH, HEIGHT, PALETTE, 1, 1, bits, data).with(320, SHORT, map).file())
                .changed("").pixels(0, 255, 64, 255 / (colours - 1), 255 - 255 / (colours - 1), 64);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "1, 12", "1, 14", "3, 10", "3, 12", "3, 14"})
    void readsSamplesBetweenEightAndSixteenBits(int samples, int bits) {
        int white = (1 << bits) - 1;
        byte[] data = packed(samples, bits, (i, y) -> (i * 37 + y) % (white + 1));
        var outcome = answer(new Tiff(WIDTH, HEIGHT, samples == 1 ? GRAY : RGB, 1, samples, bits, data).file());
        int[] expected = new int[9];
        for (int i = 0; i < 9; i++) {
            expected[i] = (int) Math.round(i * 37 * 65535.0 / white);
        }
        outcome.changed("").near(1, expected);
        assertThat(outcome.bits()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "3, false", "1, true", "3, true"})
    void readsSamplesOf32Bits(int samples, boolean floating) {
        var data = Tiff.little(WIDTH * HEIGHT * samples * 4);
        for (int i = 0; i < WIDTH * HEIGHT * samples; i++) {
            if (floating) {
                data.putFloat(i % 200 / 199f * 1.1f - 0.05f);
            } else {
                data.putInt((int) (i % 200 * 0xffff_ffffL / 199));
            }
        }
        var outcome = answer(new Tiff(WIDTH, HEIGHT, samples == 1 ? GRAY : RGB, 1, samples, 32, data.array()).with(339, SHORT, each(samples, floating ? FLOAT : 1)).file());
        int[] expected = new int[200];
        for (int i = 0; i < expected.length; i++) {
            double level = floating ? i / 199.0 * 1.1 - 0.05 : i / 199.0;
            expected[i] = (int) Math.round(Math.max(0, Math.min(1, level)) * 65535);
        }
        outcome.changed("bit-depth").near(1, expected);
    }

    private static int[] each(int samples, int value) {
        int[] all = new int[samples];
        java.util.Arrays.fill(all, value);
        return all;
    }

    @Test
    void readsPlanes() {
        answer(StrangeTiffs.planes()).changed("").pixels(0, 0, 0, 4, 0, 2, 8, 0, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void makesInksSrgb(int bits) {
        var data = Tiff.little(WIDTH * HEIGHT * 4 * bits / 8);
        while (data.hasRemaining()) {
            for (int ink : new int[] {0, 255, 255, 0}) {
                if (bits == 8) {
                    data.put((byte) ink);
                } else {
                    data.putShort((short) (ink * 257));
                }
            }
        }
        answer(new Tiff(WIDTH, HEIGHT, INKS, 1, 4, bits, data.array()).file()).changed(bits == 8 ? "cmyk" : "bit-depth, cmyk").pixels(255, 0, 0, 255, 0, 0);
    }

    @Test
    void readsBigTiffs() {
        answer(StrangeTiffs.rgb().with(315, 2, Pictures.latin1("Ada Lens\0")).big()).changed("").pixels(0, 0, 0, 4, 0, 2, 8, 0, 4).contains("Ada Lens");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsGrayWithAlphaOf16Bits(int predictor) {
        var data = Tiff.little(WIDTH * HEIGHT * 4);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            boolean first = i % WIDTH == 0 || predictor == 1;
            data.putShort((short) (first ? i % WIDTH * 1000 : 1000)).putShort((short) (first ? 65535 - i % WIDTH * 500 : -500));
        }
        var outcome = answer(new Tiff(WIDTH, HEIGHT, GRAY, 8, 2, 16, Drawing.deflated(data.array())).with(317, SHORT, predictor).with(338, SHORT, 2).file());
        outcome.changed("").pixels(0, 1000, 2000, 3000);
        assertThat(outcome.alpha()).startsWith(65535, 65035, 64535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
    void readsFaxes(String compression) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
        image.setRGB(1, 0, -1);
        image.setRGB(5, 0, -1);
        answer(jdk(image, compression)).changed("").pixels(0, 255, 0, 0, 0, 255, 0);
    }

    /** Each scan is the work of all pixels, and a strip of a few hundred bytes can have any number of them. */
    @Test
    void countsTheScansOfJpegsInside() {
        assertThat(Pictures.probe(jpegInside(64).file()).width()).isEqualTo(8);
        assertThatThrownBy(() -> Pictures.probe(jpegInside(65).file())).isInstanceOf(UnsupportedImageException.class).hasMessageContaining("64 scans");
        assertThatThrownBy(() -> Pictures.probe(jpegInside(65).big())).isInstanceOf(UnsupportedImageException.class);
        byte[] shared = jpegInside(20).with(273, Tiff.LONG, new int[9]).with(279, Tiff.LONG, 80, 80, 80, 80, 80, 80, 80, 80, 80).with(278, Tiff.SHORT, 1).file();
        assertThatThrownBy(() -> Pictures.probe(shared)).isInstanceOf(DamagedImageException.class);
    }

    private static Tiff jpegInside(int scans) {
        var data = ByteBuffer.allocate(4 + 4 * scans).putShort((short) 0xffd8);
        for (int i = 0; i < scans; i++) {
            data.putInt(0xffda0002);
        }
        return new Tiff(8, 8, 1, 7, 1, 8, data.putShort((short) 0xffd9).array());
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY})
    void readsJpegInside(int type) {
        var image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.setRGB(i % WIDTH, i / WIDTH, ramp(i % WIDTH, 0, 0) * 0x10101);
        }
        int[] samples = answer(jdk(image, "JPEG")).changed("").samples();
        int last = samples.length - 1;
        assertThat(samples[last]).isBetween(245, 255);
        assertThat(samples[0]).isBetween(0, 8);
    }

    private static byte[] jdk(BufferedImage image, String compression) {
        return Jdk.file(new IIOImage(image, null, null), "tiff", parameters -> {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
        });
    }

    private static Strange.Outcome answer(byte[] file) {
        return Strange.Outcome.of(file, ImageFormat.PNG, MetadataPolicy.KEEP);
    }
}
