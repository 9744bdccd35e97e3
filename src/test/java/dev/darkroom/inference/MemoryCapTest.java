package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryCapTest {
    private final MemoryCap cap = new MemoryCap(1000);

    @Test
    void allowsHalfOfWhatWasTooMuch() {
        assertThat(cap.outOfMemory(800)).isTrue();
        assertThat(cap.pixels()).isEqualTo(400);
        assertThat(cap.outOfMemory(1000)).isFalse();
        assertThat(cap.pixels()).isEqualTo(400);
        cap.outOfMemory(1);
        assertThat(cap.pixels()).isOne();
    }

    @Test
    void growsAgainSlowlyWhileBatchesNearItSucceed() {
        cap.outOfMemory(800);

        ran(63, 400);
        assertThat(cap.pixels()).isEqualTo(400);
        ran(1, 400);
        assertThat(cap.pixels()).isEqualTo(450);
        ran(64 * 20, 1000);

        assertThat(cap.pixels()).isEqualTo(1000);
    }

    @Test
    void learnsNothingFromSmallBatches() {
        cap.outOfMemory(800);

        ran(1000, 199);

        assertThat(cap.pixels()).isEqualTo(400);
    }

    @Test
    void startsCountingAnewWhenMemoryRunsOutAgain() {
        cap.outOfMemory(800);
        ran(63, 400);
        cap.outOfMemory(400);
        ran(1, 200);

        assertThat(cap.pixels()).isEqualTo(200);
    }

    private void ran(int times, long pixels) {
        for (int i = 0; i < times; i++) {
            cap.ran(pixels);
        }
    }
}
