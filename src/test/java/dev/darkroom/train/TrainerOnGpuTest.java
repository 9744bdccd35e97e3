package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.Gpu;
import dev.darkroom.model.Task;
import dev.darkroom.train.curriculum.Curriculum;
import dev.darkroom.train.degradation.NoisyUploads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small network learns on a GPU as it does on the CPU. */
@Tag("gpu")
class TrainerOnGpuTest {
    private static final Path TINY = Path.of("src/test/resources/dev/darkroom/train/tiny");

    @TempDir
    Path folder;

    @BeforeAll
    static void requireTheDevice() {
        Gpu.require();
    }

    @ParameterizedTest
    @EnumSource(value = DataType.class, names = {"FLOAT32", "BFLOAT16"})
    void learnsToDenoise(DataType precision) throws Exception {
        var printed = new ByteArrayOutputStream();
        Device device = TrainingDevice.of(Gpu.DEVICE);
        var plan = new TrainingPlan(Task.DENOISE, new Recipe("baseline", 1, List.of(), false, folder), Optional.empty(), folder, TINY,
                folder.resolve("run"), 1, 300, Duration.ofHours(1), 4, 32, 1e-2, precision, 2, 1);

        try (var trainer = new Trainer(plan, Scenes.photographs(6, 80, 72), new Curriculum(new NoisyUploads(), Curriculum.of(Task.DENOISE, 1).validation()), device, new Progress(plan, new PrintStream(printed)))) {
            assertThat(trainer.train().steps()).isEqualTo(300);
        }

        double psnr = printed.toString().lines().filter(line -> line.contains("validation"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ([0-9.]+) dB at sigma 50.*", "$1"))).reduce((first, last) -> last).orElseThrow();
        assertThat(psnr).isGreaterThan(17.5); // the noisy pictures themselves have about 15
    }
}
