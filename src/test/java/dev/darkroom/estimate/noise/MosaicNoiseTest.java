package dev.darkroom.estimate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MosaicNoiseTest {

    @ParameterizedTest
    @CsvSource({"8, 481, 321", "16, 480, 321", "8, 2500, 300"})
    void estimatesTheNoiseOfTheFourPlanesOfEqualColour(int bits, int width, int height) {
        var planes = IntStream.range(0, 4).mapToObj(phase -> NoisyPicture.scene((width - phase % 2 + 1) / 2, (height - phase / 2 + 1) / 2,
                1, bits, 10 + phase, phase)).toList();
        var samples = Pictures.buffer((long) width * height * bits / 8);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                NoisyPicture plane = planes.get(y % 2 * 2 + x % 2);
                plane.read(x / 2, y / 2, 1, 1, samples);
            }
        }
        double mean = planes.stream().mapToDouble(NoisyPicture::estimate).average().orElseThrow();
        try (Raster mosaic = Pictures.raster(width, height, 1, bits, samples.flip())) {
            assertThat(MosaicNoise.sigma255(Picture.opaque(mosaic))).isCloseTo(mean, within(1e-9)).isCloseTo(11.5, within(1.0));
        }
    }
}
