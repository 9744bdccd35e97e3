package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.UnknownMeasureException;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.FeatureWeightsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void isThePixelsLossAndEachTermTimesItsWeight() {
        NDArray restored = manager.randomUniform(0, 1, new Shape(2, 3, 24, 24));
        NDArray target = manager.randomUniform(0, 1, new Shape(2, 3, 24, 24));
        double expected = PixelLoss.L1.loss(restored, target).getFloat()
                + 0.5 * value("ssim", restored, target)
                + 3 * value("mse", restored, target);
        try (var objective = objective(new Term("ssim", 0.5, Map.of()), new Term("mse", 3, Map.of()))) {
            Objective.Loss loss = objective.loss(PixelLoss.L1, restored, target);
            assertThat(loss.total().getFloat()).isCloseTo((float) expected, within(1e-5f));
            assertThat(loss.pixels().getFloat()).isEqualTo(PixelLoss.L1.loss(restored, target).getFloat());
        }
        try (var pixelsAlone = objective()) {
            assertThat(pixelsAlone.loss(PixelLoss.PSNR, restored, target).total()).isEqualTo(PixelLoss.PSNR.loss(restored, target));
        }
    }

    @Test
    void knowsItsTermsBeforeTheFirstStep() {
        assertThatExceptionOfType(UnknownMeasureException.class).isThrownBy(() -> objective(new Term("vibes", 1, Map.of())));
        assertThatExceptionOfType(MeasureOptionException.class).isThrownBy(() -> objective(new Term("pdl", 1, Map.of("p", "3"))));
    }

    @Test
    void saysWhichWeightsATermNeeds() {
        NDArray picture = manager.zeros(new Shape(1, 3, 64, 64));
        try (var objective = objective(new Term("perceptual-l1", 1, Map.of()))) {
            assertThatExceptionOfType(FeatureWeightsException.class).isThrownBy(() -> objective.loss(PixelLoss.L1, picture, picture))
                    .withMessageContaining("vgg16");
        }
    }

    @Test
    void aTermTakesTheOptionsThatBearItsName() {
        Term term = Term.of("pdl", 0.1, Map.of("pdl.projection", "r2p", "pdl.p", "2", "pdl-loss.q", "2"));
        assertThat(term.options()).containsExactlyInAnyOrderEntriesOf(Map.of("projection", "r2p", "p", "2"));
        assertThat(recipe(term)).hasToString("l1 + 0.1 pdl (p=2, projection=r2p)");
        assertThat(recipe(term).options()).isEqualTo(" --psnr-from 1.0 --term pdl=0.1 --option pdl.p=2 --option pdl.projection=r2p");
    }

    private static float value(String measure, NDArray restored, NDArray target) {
        return Measures.named(measure).loss(restored, target).toType(DataType.FLOAT32, false).getFloat();
    }

    private static Objective objective(Term... terms) {
        return new Objective(recipe(terms), new FeatureNetworks(Path.of("target", "no-features")), 1);
    }

    private static Recipe recipe(Term... terms) {
        return new Recipe("named", 1, List.of(terms), false, Path.of("target", "no-features"));
    }
}
