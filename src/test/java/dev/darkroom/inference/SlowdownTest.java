package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.checkpoint.Calibration;
import dev.darkroom.inference.checkpoint.Calibration.Point;
import dev.darkroom.inference.checkpoint.TileShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowdownTest {
    /** Four tiles take hardly longer than one. */
    private static final Calibration CALIBRATION = new Calibration("cuda:0 float16", List.of(new Point(64, 1, 10), new Point(64, 4, 12)));
    private static final TileShape TILE = new TileShape(64, 64, 3, 1);

    private final Slowdown slowdown = new Slowdown(1);

    @Test
    void isNoneWhileBatchesThatAreNotFullTakeWhatTheyTook() {
        for (int i = 0; i < 60; i++) {
            slowdown.observe(CALIBRATION.nanosOfBatch(TILE, 1), 10_000_000);
        }

        assertThat(slowdown.factor()).isEqualTo(1);
    }

    @Test
    void learnsWithinTwentyBatchesThatTheDeviceHasCompany() {
        for (int i = 0; i < 20; i++) {
            slowdown.observe(CALIBRATION.nanosOfBatch(TILE, 4), 24_000_000);
        }

        assertThat(slowdown.factor()).isCloseTo(2, within(0.9));
    }
}
