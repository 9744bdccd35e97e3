package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.model.Restraint;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestrainingTest {
    private static final int FROM = 100;
    private static final int MORE = 8;
    /** Between files of 30 dB and more and what is changed in them. */
    private static final Restraint QUARTER = new Restraint(List.of(new Restraint.Agreement(30, 0.25)));

    /** A change of 8 steps everywhere is 30.07 dB; of a file that has lost as much a quarter of it is good. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 8", "3, 70, 130, 8", "3, 9, 65, 16", "1, 200, 64, 16", "1, 3000, 200, 8"})
    void keepsTheShareThatIsGood(int channels, int width, int height, int bits) {
        try (Raster file = flat(FROM, width, height, channels, bits); Raster restored = flat(FROM + MORE, width, height, channels, bits)) {
            double kept = Restraining.restrain(file, restored, QUARTER, 30.07);

            assertThat(kept).isEqualTo(0.25, offset(0.001));
            assertThat(Pictures.samples(restored)).containsOnly(bits == 8 ? FROM + MORE / 4 : (FROM + MORE / 4) * 257);
            assertThat(Pictures.samples(file)).containsOnly(bits == 8 ? FROM : FROM * 257);
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 30.07", "108, 29.9"})
    void leavesAChangeOfNothingAndOneOfABadFileAsItIs(int restoredLevel, double psnrDb) {
        try (Raster file = flat(FROM, 10, 10, 3, 8); Raster restored = flat(restoredLevel, 10, 10, 3, 8)) {
            assertThat(Restraining.restrain(file, restored, QUARTER, psnrDb)).isEqualTo(1);
            assertThat(Pictures.samples(restored)).containsOnly(restoredLevel);
        }
    }

    @Test
    void theBetterTheFileTheLess() {
        try (Raster file = flat(FROM, 10, 10, 3, 8); Raster restored = flat(FROM + MORE, 10, 10, 3, 8)) {
            assertThat(Restraining.restrain(file, restored, QUARTER, 50.07)).isEqualTo(0.025, offset(0.001));
            assertThat(Pictures.samples(restored)).containsOnly(FROM);
        }
    }

    private static Raster flat(int level, int width, int height, int channels, int bits) {
        ByteBuffer samples = Pictures.buffer((long) width * height * channels * bits / 8);
        while (samples.hasRemaining()) {
            if (bits == 8) {
                samples.put((byte) level);
            } else {
                samples.putShort((short) (level * 257));
            }
        }
        return Pictures.raster(width, height, channels, bits, samples.flip());
    }
}
