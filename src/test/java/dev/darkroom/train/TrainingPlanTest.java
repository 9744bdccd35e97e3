package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import dev.darkroom.model.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
    private final TrainingPlan plan = new TrainingPlan(Task.DENOISE, new Recipe("baseline", 0.65, List.of(), false, Path.of("features")), Optional.empty(), Path.of("data"), Path.of("architecture"),
            Path.of("run"), 1, 10_000, Duration.ofMinutes(10), 4, 96, 1e-3, DataType.FLOAT32, 12, 2);

    @Test
    void comesAsFarAsStepsOrTimeSayWhicheverIsFurther() {
        assertThat(plan.progress(5_000, Duration.ofMinutes(1))).isEqualTo(0.5);
        assertThat(plan.progress(1_000, Duration.ofMinutes(9))).isEqualTo(0.9);
        assertThat(plan.progress(20_000, Duration.ofMinutes(1))).isEqualTo(1);
    }

    @Test
    void warmsUpPeaksAndDecays() {
        assertThat(plan.learningRate(1, 0)).isCloseTo(1e-3 / 500, within(1e-9));
        assertThat(plan.learningRate(250, 0)).isCloseTo(0.5e-3, within(1e-9));
        assertThat(plan.learningRate(500, 0)).isCloseTo(1e-3, within(1e-9));
        assertThat(plan.learningRate(5_000, 0.5)).isCloseTo(0.5005e-3, within(1e-9));
        assertThat(plan.learningRate(10_000, 1)).isCloseTo(1e-6, within(1e-9));
    }

    @Test
    void turnsFromAbsoluteErrorToPsnr() {
        assertThat(plan.recipe().pixels(0.64)).isEqualTo(PixelLoss.L1);
        assertThat(plan.recipe().pixels(0.65)).isEqualTo(PixelLoss.PSNR);
    }
}
