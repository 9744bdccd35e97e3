package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.StepRequest;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.tile.Region;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=ScaleBenchmark -Dscale.set=DIR}: what any scale gives on a set with the folders hr and lr_x4, and what a smaller size costs. */
class ScaleBenchmark {
    private static final int EDGE = 4;
    private static final Dimensions LARGE = new Dimensions(4000, 3000);

    @Test
    void measuresScalesAgainstTheOriginals() throws IOException {
        String set = System.getProperty("scale.set");
        Assumptions.assumeTrue(set != null, "no set is named");
        List<Path> originals = files(Path.of(set, "hr"));
        List<Path> small = files(Path.of(set, "lr_x4"));
        try (Pipeline pipeline = Pipeline.open(Path.of("model-store"), InferenceSettings.on("cpu", Optional.empty()), EnhanceSettings.defaults(), Instruments.none())) {
            pipeline.store().reload(id -> id.task() == Task.SUPER_RESOLVE && id.loss().equals("baseline"));
            for (double scale : new double[] {1.5, 2, 3, 4}) {
                double ours = 0;
                double cubic = 0;
                for (int i = 0; i < small.size(); i++) {
                    byte[] file = Files.readAllBytes(small.get(i));
                    try (Photo picture = Pictures.decode(file); Photo original = Pictures.decode(Files.readAllBytes(originals.get(i)));
                            Photo restored = Pictures.decode(enlarged(pipeline, file, scale))) {
                        Dimensions size = picture.size().times(scale);
                        Dimensions whole = picture.size().times(4);
                        try (Photo truth = original.framed(new Framing(new Region(0, 0, whole.width(), whole.height()), size))) {
                            ours += psnr(restored.pixels(), truth.pixels()) / small.size();
                            cubic += psnr(cubic(picture.pixels(), size), truth.pixels()) / small.size();
                        }
                    }
                }
                System.out.printf("scale %.1f: %d pictures, %.2f dB, bicubic %.2f dB%n", scale, small.size(), ours, cubic);
            }
        }
    }

    @Test
    void measuresWhatASmallerSizeCosts() {
        byte[] jpeg = Pictures.encode(new Photo(Pictures.smooth(LARGE.width(), LARGE.height(), 3, 8, 1), Optional.empty(), Metadata.NONE), ImageFormat.JPEG);
        for (int i = 0; i < 4; i++) {
            long began = cpuNanos();
            try (Photo photo = Pictures.decode(jpeg)) {
                long decoded = cpuNanos();
                photo.framed(Framing.whole(LARGE, LARGE.times(0.75))).close();
                long threeQuarters = cpuNanos();
                photo.framed(Framing.whole(LARGE, LARGE.times(0.4))).close();
                System.out.printf("12 MP: decoded in %d ms, made 6.75 MP in %d ms, 1.92 MP in %d ms%n", (decoded - began) / 1_000_000,
                        (threeQuarters - decoded) / 1_000_000, (cpuNanos() - threeQuarters) / 1_000_000);
            }
        }
    }

    private static byte[] enlarged(Pipeline pipeline, byte[] file, double scale) {
        var step = new StepRequest(Task.SUPER_RESOLVE, new ModelRequest.Default(), OptionalDouble.empty(), OptionalDouble.of(scale), Optional.empty(), 1);
        return pipeline.enhancer().enhance(ByteBuffer.wrap(file), EnhanceRequest.of(step)).result().toCompletableFuture().join().image().bytes();
    }

    private static Raster cubic(Raster picture, Dimensions size) {
        return picture.lend(pixels -> {
            var enlarged = new Mat();
            resize(pixels, enlarged, new Size(size.width(), size.height()), 0, 0, INTER_CUBIC);
            return new Raster(enlarged);
        });
    }

    /** Of luma (ITU-R BT.601), without the edge. */
    private static double psnr(Raster picture, Raster truth) {
        int[] seen = Pictures.samples(picture);
        int[] meant = Pictures.samples(truth);
        double sum = 0;
        long count = 0;
        for (int y = EDGE; y < truth.height() - EDGE; y++) {
            for (int x = EDGE; x < truth.width() - EDGE; x++, count++) {
                int at = (y * truth.width() + x) * 3;
                double error = (65.481 * (seen[at] - meant[at]) + 128.553 * (seen[at + 1] - meant[at + 1]) + 24.966 * (seen[at + 2] - meant[at + 2])) / 255;
                sum += error * error;
            }
        }
        return 10 * Math.log10(255 * 255 / (sum / count));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
