package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.model.store.ModelStore;
import dev.darkroom.train.curriculum.Curriculum;
import dev.darkroom.train.degradation.Degradation;
import dev.darkroom.train.degradation.NoisyUploads;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.Photograph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final Path TINY = Path.of("src/test/resources/dev/darkroom/train/tiny");
    private static final List<Photograph> PHOTOGRAPHS = Scenes.photographs(6, 80, 72);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void learnsToDenoise() throws Exception {
        train(plan("a", 300, 1, DataType.FLOAT32, 1));

        double[] psnr = validationAtSigma50();
        assertThat(psnr[psnr.length - 1]).isGreaterThan(noisyPsnrAtSigma50() + 2);
    }

    @Test
    void learnsInBfloat16Too() throws Exception {
        train(plan("a", 300, 1, DataType.BFLOAT16, 1));

        double[] psnr = validationAtSigma50();
        assertThat(psnr[psnr.length - 1]).isGreaterThan(noisyPsnrAtSigma50() + 2);
    }

    @Test
    void goesOnFromAnyInterruptionAsIfThereHadBeenNone() throws Exception {
        TrainingPlan straight = plan("straight", 12, 1, DataType.FLOAT32, 0.5);
        TrainingPlan interrupted = plan("interrupted", 12, 1, DataType.FLOAT32, 0.5);
        byte[] expected = train(straight).archive();
        var stopping = new Progress(interrupted, new PrintStream(printed));
        var drawn = new int[1];
        Degradation stopsAtTheTenthExample = (clean, random) -> {
            if (++drawn[0] == 10) {
                stopping.stop();
            }
            return new NoisyUploads().apply(clean, random);
        };

        try (var trainer = new Trainer(interrupted, PHOTOGRAPHS, new Curriculum(stopsAtTheTenthExample, Map.of()), Device.cpu(), stopping)) {
            assertThat(trainer.train().steps()).isLessThan(12);
        }
        Trained resumed = train(interrupted);

        assertThat(resumed.steps()).isEqualTo(12);
        assertThat(resumed.archive()).isEqualTo(expected);
        assertThat(printed.toString()).contains("resuming after step");
    }

    @Test
    void anotherSeedTrainsAnotherNetwork() throws Exception {
        byte[] one = train(plan("one", 3, 1, DataType.FLOAT32, 1)).archive();
        byte[] two = train(plan("two", 3, 2, DataType.FLOAT32, 1)).archive();
        byte[] again = train(plan("again", 3, 1, DataType.FLOAT32, 1)).archive();

        assertThat(two).isNotEqualTo(one);
        assertThat(again).isEqualTo(one);
    }

    @Test
    void timeEndsATrainingBeforeItsSteps() throws Exception {
        TrainingPlan plan = new TrainingPlan(Task.DENOISE, recipe(1), Optional.empty(), folder, TINY, folder.resolve("run"), 1, 1_000_000,
                Duration.ofMillis(300), 2, 32, 1e-3, DataType.FLOAT32, 2, 1);

        assertThat(train(plan).steps()).isBetween(1L, 100_000L);
    }

    @Test
    void publishesACheckpointThatTheServiceLoads() throws Exception {
        TrainingPlan plan = plan("a", 5, 1, DataType.FLOAT32, 1);
        Path store = Files.createDirectory(folder.resolve("store"));

        CheckpointWriter.publish(store, plan, train(plan), 6, "./darkroom train");

        try (var loaded = new ModelStore<>(store, new TorchScriptLoader(InferenceSettings.defaults()))) {
            var entry = loaded.reload().get(0);
            assertThat(entry.state()).isInstanceOf(ModelState.Ready.class);
            assertThat(entry.id()).hasToString("denoise/baseline@1");
            assertThat(entry.manifest().training().steps()).isEqualTo(5);
        }
    }

    @Test
    void keepsTheLastGoodStateWhenTheDiskTakesNoMore() throws Exception {
        TrainingPlan plan = plan("a", 4, 1, DataType.FLOAT32, 1);
        train(plan);
        byte[] good = Files.readAllBytes(plan.run().resolve("state.bin"));
        Files.createDirectories(plan.run().resolve("state.bin.partial/in-the-way"));

        train(plan("a", 8, 1, DataType.FLOAT32, 1));

        assertThat(printed.toString()).contains("warning: the state could not be written");
        assertThat(Files.readAllBytes(plan.run().resolve("state.bin"))).isEqualTo(good);
    }

    @Test
    void refusesADamagedState() throws Exception {
        TrainingPlan plan = plan("a", 2, 1, DataType.FLOAT32, 1);
        train(plan);
        byte[] state = Files.readAllBytes(plan.run().resolve("state.bin"));
        Files.write(plan.run().resolve("state.bin"), java.util.Arrays.copyOf(state, state.length / 2));

        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> train(plan)).withMessageContaining("cannot read");
    }

    @Test
    void refusesAStateOfAnotherArchitecture() throws Exception {
        TrainingPlan plan = plan("a", 2, 1, DataType.FLOAT32, 1);
        train(plan);
        TrainingPlan other = new TrainingPlan(Task.DENOISE, recipe(1), Optional.empty(), folder, Path.of("model-store/architectures/denoiser"),
                plan.run(), 1, 2, Duration.ofHours(1), 2, 32, 1e-3, DataType.FLOAT32, 2, 1);

        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> train(other)).withMessageContaining("another architecture");
    }

    private Recipe recipe(double psnrFrom) {
        return new Recipe("baseline", psnrFrom, List.of(), false, folder.resolve("features"));
    }

    private TrainingPlan plan(String run, long steps, long seed, DataType precision, double psnrFrom) {
        return new TrainingPlan(Task.DENOISE, recipe(psnrFrom), Optional.empty(), folder, TINY, folder.resolve(run), seed, steps,
                Duration.ofHours(1), 4, 32, 1e-2, precision, 2, 1);
    }

    private Trained train(TrainingPlan plan) throws IOException, InterruptedException {
        var progress = new Progress(plan, new PrintStream(printed));
        try (var trainer = new Trainer(plan, PHOTOGRAPHS, new Curriculum(new NoisyUploads(), Curriculum.of(Task.DENOISE, 1).validation()), Device.cpu(), progress)) {
            return trainer.train();
        }
    }

    private double[] validationAtSigma50() {
        return printed.toString().lines().filter(line -> line.contains("validation"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ([0-9.]+) dB at sigma 50.*", "$1"))).toArray();
    }

    /** 14.15 dB without clipping, about 15 with it, on any picture. */
    private static double noisyPsnrAtSigma50() {
        return 15.5;
    }
}
