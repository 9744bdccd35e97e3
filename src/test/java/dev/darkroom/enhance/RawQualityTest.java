package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.raw.RawScenes;
import dev.darkroom.image.tile.Region;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A photograph seen by a sensor comes back from its DNG as it does from its bare mosaic, by the checkpoint of the store in the tree. */
class RawQualityTest {
    private static final int SIDE = 192;
    private static final double MOST_DB = 1;
    private static Pipeline pipeline;

    @BeforeAll
    static void open() {
        pipeline = Pipeline.open(Path.of("model-store"), InferenceSettings.on("cpu", Optional.of(Precision.FLOAT32)), EnhanceSettings.defaults(), Instruments.none());
        pipeline.store().reload(id -> id.task() == Task.DEMOSAIC && id.loss().equals("baseline"));
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    /** Without noise, and with noise that is estimated on both. */
    @ParameterizedTest
    @CsvSource({"chelsea.png, rggb, 0, 1, 1, 1", "chelsea.png, rggb, 0, 0.5, 1, 0.625", "coffee.png, gbrg, 0, 0.4, 1, 0.7", "chelsea.png, grbg, 8, 0.5, 1, 0.625"})
    void losesLittleByDevelopment(String name, String pattern, double sigma255, double red, double green, double blue) throws Exception {
        int[] scene = scene(name);
        int[] seen = noisy(scene, sigma255);
        byte[] dng = RawScenes.mosaic(SIDE, SIDE, seen, 14, pattern, red, green, blue).file();
        byte[] png = Scenes.file(Mosaics.mosaic(raster(seen), pattern), ImageFormat.PNG);
        double developed = psnr(enhanced(dng, Optional.empty()), scene);
        double bare = psnr(enhanced(png, BayerPattern.named(pattern)), scene);
        System.out.printf("%s, %s, sigma %.0f, neutral %.2f %.2f %.2f: %.2f dB from the DNG, %.2f dB from the mosaic%n",
                name, pattern, sigma255, red, green, blue, developed, bare);
        assertThat(developed).isGreaterThan(bare - MOST_DB);
    }

    private static int[] scene(String name) throws IOException {
        try (Photo photo = Pictures.decode(Files.readAllBytes(Path.of("docs/photographs").resolve(name)))) {
            int[] samples = Pictures.samples(photo.pixels(), new Region(100, 60, SIDE, SIDE));
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= 257;
            }
            return samples;
        }
    }

    private static int[] noisy(int[] samples, double sigma255) {
        var random = new Random(1);
        int[] noisy = samples.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (int) Math.max(0, Math.min(65_535, Math.round(noisy[i] + 257 * sigma255 * random.nextGaussian())));
        }
        return noisy;
    }

    private static Raster raster(int[] samples) {
        ByteBuffer buffer = Pictures.buffer(2L * samples.length);
        for (int sample : samples) {
            buffer.putShort((short) sample);
        }
        return Pictures.raster(SIDE, SIDE, 3, 16, buffer.flip());
    }

    private static int[] enhanced(byte[] file, Optional<BayerPattern> pattern) throws Exception {
        var step = new StepRequest(Task.DEMOSAIC, new ModelRequest.Default(), OptionalDouble.empty(), OptionalDouble.empty(), pattern, 1);
        try (EnhanceResult result = pipeline.enhancer().enhance(ByteBuffer.wrap(file), EnhanceRequest.of(step)).result().toCompletableFuture().get();
                Photo photo = Pictures.decode(result.image().bytes())) {
            return Pictures.samples(photo.pixels());
        }
    }

    private static double psnr(int[] samples, int[] reference) {
        double sum = 0;
        for (int i = 0; i < samples.length; i++) {
            double difference = (samples[i] - reference[i]) / 65_535.0;
            sum += difference * difference;
        }
        return -10 * Math.log10(sum / samples.length);
    }
}
