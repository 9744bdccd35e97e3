package dev.darkroom.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Submission;
import dev.darkroom.batching.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Duration TILE = Duration.ofMillis(200);

    private final VirtualTime time = new VirtualTime(1);
    private int done;
    private int refused;

    @Test
    void growsWithTheQueueAndShrinksWhenItIsCalm() {
        var autoscaling = new Autoscaling(1, 8, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofMinutes(5));
        Fleet fleet = fleet(autoscaling, Duration.ofMinutes(60));
        sendTilesPerSecond(fleet, 16, Duration.ofMinutes(20)); // work for 3.2 services
        time.run();

        assertThat(fleet.mostServices()).isBetween(4, 8);
        assertThat(fleet.meanServices()).isBetween(1.3, 4.0); // of an hour, two thirds of which are idle
        assertThat(done).isGreaterThan(refused);
    }

    @Test
    void answersTheSamePerServiceHoweverManyThereAre() {
        Fleet two = fleet(Autoscaling.none(2), Duration.ofMinutes(10));
        sendTilesPerSecond(two, 9, Duration.ofMinutes(10)); // 90 % of two services
        time.run();

        assertThat(refused).isZero();
        assertThat(done).isEqualTo(9 * 600);
        assertThat(two.meanServices()).isEqualTo(2);
    }

    @Test
    void wantsWhatKubernetesWouldWant() {
        var autoscaling = new Autoscaling(1, 10, Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(15), Duration.ZERO);

        assertThat(autoscaling.wanted(2, Duration.ofSeconds(60))).isEqualTo(6);
        assertThat(autoscaling.wanted(4, Duration.ofSeconds(42))).isEqualTo(4);
        assertThat(autoscaling.wanted(4, Duration.ofSeconds(11))).isEqualTo(2);
        assertThat(autoscaling.wanted(4, Duration.ZERO)).isEqualTo(1);
        assertThat(autoscaling.wanted(9, Duration.ofSeconds(900))).isEqualTo(10);
    }

    private Fleet fleet(Autoscaling autoscaling, Duration end) {
        return new Fleet(time, autoscaling, end, () -> new SimulatedService(time, 1, Speed.even(side -> TILE.toNanos(), side -> 1, Duration.ZERO),
                new Capacity(1_000_000_000, 10_000_000_000L, Duration.ofSeconds(60)), Duration.ZERO, batch -> Fault.NONE, new SimulatedService.Log() {
                    @Override
                    public void refused(Arrival request, RuntimeException reason) {
                        refused++;
                    }

                    @Override
                    public void accepted(Arrival request, Submission<Integer, SimulatedTile> submission) {
                        assertThat(submission.tiles()).isOne();
                    }

                    @Override
                    public void ended(Arrival request, Throwable failure) {
                        assertThat(failure).isNull();
                        done++;
                    }
                }));
    }

    private void sendTilesPerSecond(Fleet fleet, int tiles, Duration during) {
        for (int i = 0; i < tiles * during.toSeconds(); i++) {
            Duration at = Duration.ofSeconds(1).multipliedBy(i).dividedBy(tiles);
            var arrival = new Arrival(i, at, Map.of(512, 1), new Work(170_000, 1_000_000, TILE), Duration.ofMinutes(2), Optional.empty());
            time.after(at, () -> fleet.receive(arrival));
        }
    }
}
