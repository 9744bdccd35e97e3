package dev.darkroom.train.degradation;

import dev.darkroom.train.Scenes;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.LumaChroma;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;


class CameraUploadsTest {
    private static final int SIDE = 96;
    private static final Photograph PHOTOGRAPH = Scenes.photographs(1, 200, 200).get(0);
    private static final Excerpt EXCERPT = new Excerpt(PHOTOGRAPH, 50, 50, SIDE, 0);

    @Test
    void chromaIsSmootherAndLumaCoarserThanWhiteNoise() {
        double[] luma = new double[2];
        double[] chroma = new double[2];
        for (int seed = 0; seed < 40; seed++) {
            Planes noise = LumaChroma.of(difference(new CameraUploads(6, 10).apply(EXCERPT, new SplittableRandom(seed))));
            add(luma, noise.channel(0));
            add(chroma, noise.channel(1));
        }

        // Measured on two Canon cameras: luma 0.66 and 0.69 at one pixel, Cb 0.91 and 0.93.
        assertThat(luma[1] / luma[0]).isBetween(0.4, 0.8);
        assertThat(chroma[1] / chroma[0]).isBetween(0.75, 0.97);
    }

    @Test
    void theNoiseIsAsStrongAsWasAsked() {
        double[] deviations = IntStream.range(0, 40).mapToDouble(seed ->
                255 * CameraSmoothing.deviation(LumaChroma.of(difference(new CameraUploads(8, 8).apply(EXCERPT, new SplittableRandom(seed)))).channel(0))).sorted().toArray();

        assertThat(deviations[20]).isBetween(6.0, 9.0);
    }

    @Test
    void theMeanOfManyExposuresIsThePicture() {
        Excerpt dim = new Excerpt(flat(40), 50, 50, SIDE, 0);
        double[] means = IntStream.range(0, 60).mapToDouble(seed -> {
            float[] noise = difference(new CameraUploads(6, 6).apply(dim, new SplittableRandom(seed))).values();
            return 255 * IntStream.range(0, noise.length).mapToDouble(i -> noise[i]).average().orElseThrow();
        }).toArray();

        assertThat(Arrays.stream(means).average().orElseThrow()).isCloseTo(0, within(0.15));
    }

    @Test
    void whatShouldComeBackHasNoNoise() {
        Planes flat = new CameraUploads(10, 10).apply(new Excerpt(flat(128), 50, 50, SIDE, 0), new SplittableRandom(3)).target();

        assertThat(CameraSmoothing.deviation(flat.with(IntStream.range(0, flat.values().length).collect(() -> new float[flat.values().length],
                (values, i) -> values[i] = flat.values()[i] - 0.5f, (a, b) -> {})))).isLessThan(0.01);
    }

    @Test
    void theNetworkIsToldNoWhiteNoiseAndTheQualityOfTheLastFile() {
        for (int seed = 0; seed < 30; seed++) {
            float[] told = new CameraUploads().apply(EXCERPT, new SplittableRandom(seed)).condition();

            assertThat(told[0]).isZero();
            assertThat(told[3]).isBetween(0f, 0.4f);
            assertThat(told[4]).isIn(0f, 1f);
        }
    }

    @Test
    void aCameraRendersWhatItSensed() {
        for (int seed = 0; seed < 20; seed++) {
            Camera camera = Camera.random(new SplittableRandom(seed));
            Planes picture = EXCERPT.clean();
            float[] back = camera.rendered(camera.sensed(picture)).values();

            for (int i = 0; i < back.length; i++) {
                assertThat(back[i]).isCloseTo(picture.values()[i], within(2.5f / 255));
            }
        }
    }

    @Test
    void theSensorsNoiseGrowsWithTheLight() {
        var noise = new SensorNoise(0.01, 0.0004);
        for (float light : new float[] {0, 0.1f, 0.8f}) {
            float[] counts = new float[20_000];
            Arrays.fill(counts, light);
            Planes noisy = noise.added(new Planes(1, 100, 200, counts), new SplittableRandom(1));
            double variance = IntStream.range(0, counts.length).mapToDouble(i -> Math.pow(noisy.values()[i] - light, 2)).average().orElseThrow();

            assertThat(variance).isCloseTo(0.01 * light + 0.0004, within(0.05 * (0.01 * light + 0.0004)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void demosaickingKeepsARamp(Demosaicking way) {
        Planes ramp = Planes.black(3, 24, 32);
        for (int i = 0; i < ramp.values().length; i++) {
            ramp.values()[i] = 0.1f * (i / (24 * 32) + 1) + i % 32 * 0.01f;
        }
        Planes picture = way.of(BayerMosaic.of(ramp));

        for (int channel = 0; channel < 3; channel++) {
            assertThat(picture.get(channel, 11, 14)).isCloseTo(ramp.get(channel, 11, 14), within(1e-5f));
            assertThat(picture.get(channel, 12, 15)).isCloseTo(ramp.get(channel, 12, 15), within(1e-5f));
        }
    }

    private static Photograph flat(int value) {
        byte[] samples = new byte[3 * 200 * 200];
        Arrays.fill(samples, (byte) value);
        return new Photograph("flat", 200, 200, samples);
    }

    private static Planes difference(Example example) {
        float[] values = new float[example.input().values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = example.input().values()[i] - example.target().values()[i];
        }
        return example.input().with(values);
    }

    /** Variance, and covariance of neighbours in a row. */
    private static void add(double[] sums, Planes plane) {
        float[] values = plane.values();
        for (int i = 0; i + 1 < values.length; i++) {
            sums[0] += values[i] * values[i];
            sums[1] += values[i] * values[i + 1];
        }
    }
}
