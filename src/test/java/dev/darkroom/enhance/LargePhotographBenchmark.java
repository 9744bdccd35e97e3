package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.NativeMemory;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.tile.Region;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The resident memory that a large JPEG takes on its way, with the store's own denoiser, above what the loaded service has:
 * {@code MALLOC_ARENA_MAX=1 mvn test -Dtest=LargePhotographBenchmark -Dlarge.megapixels=100}. Not among the tests that run by
 * themselves, because of its name: on two cores it takes minutes.
 */
class LargePhotographBenchmark {
    private static final int MEGAPIXELS = Integer.getInteger("large.megapixels", 100);
    private static final int PATCH = 500;

    @Test
    void takesAtMostThreeTimesItsDecodedBytes() throws Exception {
        byte[] file = photograph(MEGAPIXELS);
        EnhanceSettings defaults = EnhanceSettings.defaults();
        var patient = new EnhanceSettings(defaults.limits(), defaults.capacity(), Duration.ofHours(2), defaults.codecThreads());
        try (Pipeline pipeline = Pipeline.open(Path.of("model-store"), InferenceSettings.on("cpu", Optional.empty()), patient, Instruments.none())) {
            pipeline.store().reload(id -> id.task() == Task.DENOISE);
            pipeline.enhancer().warmUp();
            denoise(pipeline, photograph(1));
            System.gc();
            NativeMemory.trim();
            double idle = megabytes("VmRSS:");
            Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // proc(5): the peak begins anew

            EnhanceResult result = denoise(pipeline, file);

            double peak = megabytes("VmHWM:");
            double decoded = 3.0 * MEGAPIXELS;
            System.out.printf("%d MP, JPEG of %.1f MB in and %.1f MB out, %s: idle %.0f MB, peak %.0f MB, above idle %.0f MB = %.2f times the decoded %.0f MB; %s%n",
                    MEGAPIXELS, file.length / 1e6, result.image().bytes().length / 1e6, result.steps().get(0).device(), idle, peak, peak - idle,
                    (peak - idle) / decoded, decoded, result.timing().header());
            assertThat(peak - idle).isLessThan(3 * decoded);
        }
    }

    private static EnhanceResult denoise(Pipeline pipeline, byte[] file) {
        return pipeline.enhancer().enhance(ByteBuffer.wrap(file), EnhanceRequest.of(Task.DENOISE)).result().toCompletableFuture().join();
    }

    /** Noisy discs on gradients, again and again. */
    private static byte[] photograph(int megapixels) {
        int side = (int) Math.round(Math.sqrt(megapixels) * 1000 / PATCH) * PATCH;
        Raster photograph = Raster.allocate(side, side, 3, 8);
        try (Raster patch = Scenes.noisy(PATCH, PATCH, 3, 15)) {
            var samples = Pictures.buffer(patch.bytes(patch.bounds()));
            patch.read(patch.bounds(), samples);
            for (int y = 0; y < side; y += PATCH) {
                for (int x = 0; x < side; x += PATCH) {
                    var place = new Region(x, y, PATCH, PATCH);
                    photograph.write(place, samples.flip(), place);
                }
            }
        }
        return Pictures.encode(new Photo(photograph, Optional.empty(), Metadata.NONE), ImageFormat.JPEG);
    }

    private static double megabytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(field))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6).findFirst().orElseThrow();
    }
}
