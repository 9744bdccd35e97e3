package dev.darkroom.loss.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.device.OutOfMemory;
import dev.darkroom.loss.network.FeatureNetwork.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WithinMemoryTest {
    private final List<Integer> windows = new ArrayList<>();
    private final List<Integer> released = new ArrayList<>();
    private final WithinMemory memory = new WithinMemory(OutOfMemory::is, () -> released.add(windows.size()));

    /** Fails so often before there is enough memory. */
    private Supplier<String> failing(int times, RuntimeException failure) {
        return () -> {
            windows.add(Window.of(new Shape(1, 3, 2000, 2000), new Reach(90, 105)).size());
            if (windows.size() <= times) {
                throw failure;
            }
            return "measured";
        };
    }

    @Test
    void triesAgainWithMoreAndSmallerWindows() {
        assertThat(memory.of(failing(2, new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB")))).isEqualTo("measured");

        assertThat(windows).hasSize(3).isSorted().doesNotHaveDuplicates();
        assertThat(released).containsExactly(1, 2);
    }

    @Test
    void beginsTheNextCalculationWithTheLargestAgain() {
        memory.of(failing(1, new EngineException("CUDA out of memory")));
        windows.clear();
        memory.of(failing(0, null));

        assertThat(windows).containsExactly(Window.of(new Shape(1, 3, 2000, 2000), new Reach(90, 105)).size());
    }

    @Test
    void givesUpWhenNotEvenTheSmallestFit() {
        var lack = new EngineException("CUDA out of memory");

        assertThatThrownBy(() -> memory.of(failing(3, lack))).isSameAs(lack);
        assertThat(windows).hasSize(3);
    }

    @Test
    void doesNotTryAgainWhatFailsOtherwise() {
        var failure = new IllegalStateException("a bug");

        assertThatThrownBy(() -> memory.of(failing(3, failure))).isSameAs(failure);
        assertThat(windows).hasSize(1);
    }
}
