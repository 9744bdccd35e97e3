package dev.darkroom.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Submission;
import dev.darkroom.batching.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A device that takes as long for one tile as for eight, as a GPU does for small ones. */
class SpeedTest {
    private static final Duration BATCH = Duration.ofMillis(8);

    private final VirtualTime time = new VirtualTime(1);
    private final List<Long> endings = new ArrayList<>();
    private final SimulatedService service = new SimulatedService(time, 1, new Speed(side -> BATCH.toNanos() / 8, side -> 8, (side, tiles) -> BATCH.toNanos()),
            new Capacity(1_000_000_000, 10_000_000_000L, Duration.ofSeconds(60)), Duration.ZERO, batch -> Fault.NONE, new SimulatedService.Log() {
                @Override
                public void refused(Arrival request, RuntimeException reason) {
                    throw reason;
                }

                @Override
                public void accepted(Arrival request, Submission<Integer, SimulatedTile> submission) {
                    // counted when it ends
                }

                @Override
                public void ended(Arrival request, Throwable failure) {
                    assertThat(failure).isNull();
                    endings.add(time.getAsLong());
                }
            });

    @Test
    void aTileAloneTakesAsLongAsABatch() {
        send(0);
        time.run();

        assertThat(endings).containsExactly(BATCH.toNanos());
    }

    /** The first may be on the device before the others have come. */
    @Test
    void eightAtATimeTakeNoLongerThanTwoBatches() {
        for (int number = 0; number < 8; number++) {
            send(number);
        }
        time.run();

        assertThat(endings).hasSize(8).allMatch(nanos -> nanos <= 2 * BATCH.toNanos());
    }

    private void send(int number) {
        var arrival = new Arrival(number, Duration.ZERO, Map.of(256, 1), new Work(65_536, 1_000_000, BATCH.dividedBy(8)), Duration.ofMinutes(2), Optional.empty());
        time.after(Duration.ZERO, () -> service.receive(arrival));
    }
}
