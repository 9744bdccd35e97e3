package dev.darkroom.image.raw;

import dev.darkroom.image.Raster;
import dev.darkroom.image.develop.DevelopSettings;
import dev.darkroom.image.develop.Development;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a DNG of 24 megapixels takes of a processor core beside the network: {@code mvn test -Dtest=RawFileBenchmark}. Not among the tests that
 * run by themselves, because of its name.
 */
class RawFileBenchmark {
    private static final int WIDTH = 6000;
    private static final int HEIGHT = 4000;
    private static final int BITS = 14;
    private static final int RUNS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"packed", "lossless JPEG in tiles", "lossless JPEG in one strip", "Deflate in tiles"})
    void takesTime(String kind) {
        byte[] file = file(kind);
        for (int run = 0; run < RUNS; run++) {
            long began = cpuNanos();
            Development development = Development.of(RawFile.of(ByteBuffer.wrap(file)), DevelopSettings.DEFAULT);
            try (Raster exposed = development.exposed(); Raster colours = Raster.allocate(WIDTH, HEIGHT, 3, 16)) {
                long decoded = cpuNanos();
                development.develop(colours, colours);
                System.out.printf("%s, %.1f MB: %d ms to the network's tones, %d ms to the photograph%n", kind, file.length / 1e6,
                        (decoded - began) / 1_000_000, (cpuNanos() - decoded) / 1_000_000);
            }
        }
    }

    private static byte[] file(String kind) {
        var random = new Random(1);
        int[] samples = new int[WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            double scene = Math.sin(i % WIDTH * 0.01) * Math.cos(i / WIDTH * 0.013);
            samples[i] = (int) (3000 + 1500 * scene + 20 * random.nextGaussian());
        }
        boolean deflated = kind.startsWith("Deflate");
        var dng = new Dng(WIDTH, HEIGHT, 1, deflated ? 16 : BITS, samples).levels(1024, (1 << BITS) - 1).first(50728, Dng.RATIONAL, 0.5, 1, 0.6)
                .coded(kind.equals("packed") ? SamplesWriter.packed() : deflated ? SamplesWriter.deflated(1) : SamplesWriter.losslessJpeg(LosslessJpegWriter.of(2, 1, BITS)));
        return (kind.contains("tiles") ? dng.tiles(256, 256) : dng).file();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
