package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrayInColourTest {
    private static final int WIDTH = 700;
    private static final int HEIGHT = 500;

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void threeEqualChannelsBecomeOneAndThreeAgain(int bits) {
        try (Raster colours = picture(bits, -1); Raster gray = GrayInColour.oneChannel(colours).orElseThrow(); Raster back = GrayInColour.threeChannels(gray)) {
            assertThat(gray.channels()).isEqualTo(1);
            assertThat(gray.bits()).isEqualTo(bits);
            assertThat(Pictures.samples(back)).isEqualTo(Pictures.samples(colours));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3 * WIDTH * HEIGHT / 2, 3 * WIDTH * HEIGHT - 1})
    void oneSampleOfAnotherColourIsColour(int sample) {
        try (Raster colours = picture(8, sample)) {
            assertThat(GrayInColour.oneChannel(colours)).isEqualTo(Optional.empty());
        }
    }

    /** @param coloured a sample that differs from the other two of its pixel; -1 for none */
    private static Raster picture(int bits, int coloured) {
        ByteBuffer samples = Pictures.buffer(3L * WIDTH * HEIGHT * bits / 8);
        for (int i = 0; i < 3 * WIDTH * HEIGHT; i++) {
            int level = i / 3 * 7 % 251 + (i == coloured ? 1 : 0);
            if (bits == 8) {
                samples.put((byte) level);
            } else {
                samples.putShort((short) (level * 200));
            }
        }
        return Pictures.raster(WIDTH, HEIGHT, 3, bits, samples.flip());
    }
}
