package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.model.Task;
import dev.darkroom.train.curriculum.Curriculum;
import dev.darkroom.train.photo.Photograph;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How long one thread takes to draw and degrade a crop of 128 x 128: {@code mvn test -Dtest=CropBenchmark}. Not among the
 * tests that run by themselves, because of its name.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CropBenchmark {
    @Param({"DENOISE", "SUPER_RESOLVE", "DEBLUR", "DEMOSAIC", "DEJPEG", "DEHAZE"})
    Task task;

    private CropSampler sampler;
    private long step;

    @Setup
    public void texture() {
        byte[] rgb = new byte[3 * 1200 * 800];
        new SplittableRandom(1).nextBytes(rgb);
        for (int i = 3; i < rgb.length; i++) {
            // Neighbours resemble each other, or a JPEG encoder would have more to do than with any photograph.
            rgb[i] = (byte) ((7 * (rgb[i - 3] & 0xff) + (rgb[i] & 0xff)) / 8);
        }
        var photographs = List.of(new Photograph("texture", 1200, 800, rgb));
        sampler = new CropSampler(photographs, Curriculum.of(task, task == Task.SUPER_RESOLVE ? 4 : 1).training(), 128, 1);
    }

    @Benchmark
    public Object crop() {
        return sampler.batch(++step, 1);
    }

    @Test
    void runs() throws RunnerException {
        var options = new OptionsBuilder().include(CropBenchmark.class.getName()).shouldFailOnError(true).build();
        assertThat(new Runner(options).run()).hasSize(6);
    }
}
