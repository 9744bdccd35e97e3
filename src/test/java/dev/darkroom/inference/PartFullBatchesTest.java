package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.inference.checkpoint.Calibrated;
import dev.darkroom.inference.checkpoint.Calibration;
import dev.darkroom.inference.checkpoint.Calibration.Point;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a device that takes nearly as long for one tile as for eight, as a GPU does. */
@Timeout(60)
class PartFullBatchesTest {
    private static final int SIDE = 8;
    private static final Duration OF_ONE = Duration.ofMillis(20);
    private static final Calibration CALIBRATION = new Calibration("cpu float32", List.of(new Point(SIDE, 1, OF_ONE.toMillis()), new Point(SIDE, 8, 24)));

    /** What was measured of a real service: a slowdown of 3.5 after sixty, and 3 megapixels refused as too slow for their 12 seconds. */
    @Test
    void singleTilesOneByOneDoNotLookLikeASlowDevice() {
        DeviceHook device = (name, precision, x, network) -> {
            take(OF_ONE);
            return network.get();
        };
        try (TorchScriptCheckpoint identity = TestCheckpoints.load("identity");
                var engine = new InferenceEngine(TestCheckpoints.FLOAT32, InferenceEvents.NONE, BatchingEvents.NONE, device)) {
            TorchScriptCheckpoint checkpoint = Calibrated.as(identity, CALIBRATION);
            IntStream.range(0, 60).forEach(i -> engine.submit(checkpoint, List.of(SampleTile.gray(SIDE, i, 0)), Deadline.in(Duration.ofMinutes(1)))
                    .completion().toCompletableFuture().join());

            assertThat(engine.slowdown()).isBetween(0.9, 2.5);
            assertThat(engine.asThingsGo(Duration.ofMillis(3600))).isLessThan(Duration.ofSeconds(12));
        }
    }

    /** At least so long, whatever else the machine does. */
    private static void take(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
