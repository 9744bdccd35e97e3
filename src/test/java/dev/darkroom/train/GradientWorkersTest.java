package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.model.Task;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.degradation.NoisyUploads;
import dev.darkroom.train.network.TrainableNetwork;
import dev.darkroom.train.network.TrainingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several threads do with one network's memory. */
class GradientWorkersTest {
    private static final Path TINY = Path.of("src/test/resources/dev/darkroom/train/tiny");

    @TempDir
    Path folder;

    /** Here each piece fails after its forward pass: the network was freed under the later ones when the first one's failure was told. */
    @Test
    void noThreadComputesAnyMoreWhenAFailureIsTold() {
        List<Example> batch = batch(8, 256);
        for (int turn = 0; turn < 5; turn++) {
            try (var network = new TrainableNetwork(TINY.resolve("model.pt"), Device.cpu())) {
                network.drawWeights(1);
                try (var gradients = new GradientWorkers(network, planWithATermWhoseNetworkIsNotInstalled(batch.size()))) {
                    assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> gradients.accumulate(batch, PixelLoss.L1))
                            .withMessageContaining("darkroom features install");

                    assertThat(computing()).isEmpty();
                }
            }
        }
    }

    @Test
    void closingWaitsForWhatIsComputed() throws InterruptedException {
        List<Example> batch = batch(8, 256);
        try (var network = new TrainableNetwork(TINY.resolve("model.pt"), Device.cpu())) {
            network.drawWeights(1);
            var gradients = new GradientWorkers(network, plan(batch.size(), List.of()));
            var asking = new Thread(() -> {
                try {
                    gradients.accumulate(batch, PixelLoss.L1);
                } catch (InterruptedException e) {
                    // then at once
                } finally {
                    gradients.close();
                }
            });
            asking.start();
            while (computing().isEmpty() && asking.isAlive()) {
                Thread.onSpinWait();
            }

            asking.interrupt();
            asking.join();

            assertThat(computing()).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("gradient");
        }
    }

    private static List<StackTraceElement> computing() {
        return Thread.getAllStackTraces().entrySet().stream().filter(thread -> thread.getKey().getName().equals("gradient"))
                .flatMap(thread -> List.of(thread.getValue()).stream())
                .filter(frame -> frame.getClassName().equals(TrainableNetwork.class.getName())).toList();
    }

    private static List<Example> batch(int size, int side) {
        return new CropSampler(Scenes.photographs(2, side, side), new NoisyUploads(), side, 1).batch(1, size);
    }

    private TrainingPlan planWithATermWhoseNetworkIsNotInstalled(int batch) {
        return plan(batch, List.of(Term.of("lpips", 1, Map.of())));
    }

    private TrainingPlan plan(int batch, List<Term> terms) {
        return new TrainingPlan(Task.DENOISE, new Recipe("baseline", 1, terms, false, folder.resolve("features")), Optional.empty(), folder, TINY,
                folder.resolve("run"), 1, 10, Duration.ofHours(1), batch, 256, 1e-3, DataType.FLOAT32, 2, 2);
    }
}
