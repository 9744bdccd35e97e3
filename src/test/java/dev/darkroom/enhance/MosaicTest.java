package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.http.UnfitImageException;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Orientation;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MosaicTest {

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
            assertThat(Mosaic.sigma255(mosaic)).isCloseTo(mean, within(1e-9)).isCloseTo(11.5, within(1.0));
        }
    }

    @Test
    void hasOneOpaqueChannelThatNoCodecHasBlended() {
        assertThatCode(() -> Mosaic.require(header(ImageFormat.TIFF, 1, false))).doesNotThrowAnyException();
        refuses(header(ImageFormat.PNG, 3, false), "colour");
        refuses(header(ImageFormat.PNG, 1, true), "alpha");
        refuses(header(ImageFormat.JPEG, 1, false), "JPEG");
    }

    private static void refuses(ImageHeader header, String reason) {
        assertThatExceptionOfType(UnfitImageException.class).isThrownBy(() -> Mosaic.require(header)).withMessageContaining(reason);
    }

    private static ImageHeader header(ImageFormat format, int channels, boolean alpha) {
        return new ImageHeader(format, 40, 30, channels, alpha, 8, Orientation.NONE);
    }
}
