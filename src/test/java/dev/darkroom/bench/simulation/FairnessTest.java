package dev.darkroom.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.batching.Submission;
import dev.darkroom.batching.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What requests do to each other, in virtual time on one device whose time goes with the pixels. */
class FairnessTest {
    private static final int THUMBNAIL = 320;
    private static final int LARGE = 448;
    private static final long NANOS_PER_PIXEL = 800;
    private static final long LARGE_PIXELS = 50_000_000;

    private final VirtualTime time = new VirtualTime(1);
    private final Map<Arrival, Duration> latencies = new HashMap<>();
    private int refused;
    private final SimulatedService service = new SimulatedService(time, 1,
            Speed.even(side -> side * side * NANOS_PER_PIXEL, side -> 1, Duration.ZERO),
            new Capacity(400_000_000, 2_000_000_000, Duration.ofMinutes(10)), Duration.ZERO, batch -> Fault.NONE, new SimulatedService.Log() {
                @Override
                public void refused(Arrival request, RuntimeException reason) {
                    refused++;
                }

                @Override
                public void accepted(Arrival request, Submission<Integer, SimulatedTile> submission) {
                    assertThat(service().admission().heldBytes()).isLessThanOrEqualTo(2_000_000_000);
                }

                @Override
                public void ended(Arrival request, Throwable failure) {
                    assertThat(failure).isNull();
                    latencies.put(request, Duration.ofNanos(time.getAsLong()).minus(request.at()));
                }
            });

    private SimulatedService service() {
        return service;
    }

    @Test
    void thumbnailsHardlyNoticeAFiftyMegapixelUpload() {
        List<Arrival> thumbnails = new ArrayList<>();
        var random = new Random(5);
        Duration at = Duration.ofMillis(500);
        for (int i = 0; i < 100; i++) {
            at = at.plusMillis(300 + random.nextInt(200));
            thumbnails.add(send(at, THUMBNAIL, 1, THUMBNAIL * THUMBNAIL));
        }
        Arrival upload = send(Duration.ZERO, LARGE, 400, LARGE_PIXELS);
        time.run();

        Duration idle = Duration.ofNanos(NANOS_PER_PIXEL * THUMBNAIL * THUMBNAIL);
        assertThat(latencies.get(upload)).isGreaterThan(at);
        assertThat(thumbnails).allSatisfy(thumbnail ->
                assertThat(latencies.get(thumbnail)).isLessThanOrEqualTo(idle.multipliedBy(3)));
    }

    @Test
    void aThousandUploadsAtOnceStayWithinTheMemory() {
        for (int i = 0; i < 1000; i++) {
            send(Duration.ofMillis(i), LARGE, 8, 2_000_000);
        }
        time.run();

        assertThat(latencies).hasSizeGreaterThan(50);
        assertThat(latencies.size() + refused).isEqualTo(1000);
        assertThat(service.admission().heldBytes()).isZero();
    }

    /** Whoever waits as long as told, while nobody else comes, is let in. */
    @Test
    void refusalsSayTheTruth() {
        for (int i = 0; i < 200; i++) {
            send(Duration.ofMillis(i), LARGE, 1 + i % 40, 200_000L * (1 + i % 40));
        }
        int tried = 40;
        Duration[] told = new Duration[1];
        time.after(Duration.ofMillis(300), () -> told[0] = refusal(tried));
        time.after(Duration.ofMillis(301), () -> time.after(told[0], () -> assertThat(refusal(tried)).isZero()));
        time.run();

        assertThat(told[0]).isPositive();
    }

    private Duration refusal(int tiles) {
        try {
            service.admission().admit(work(LARGE, tiles, 200_000L * tiles),
                    Deadline.in(Duration.ofMinutes(2), time)).close();
            return Duration.ZERO;
        } catch (QueueFullException e) {
            return e.retryAfter();
        }
    }

    private Arrival send(Duration at, int side, int tiles, long pixels) {
        var arrival = new Arrival(latencies.size() + at.toNanos() + tiles, at, Map.of(side, tiles), work(side, tiles, pixels),
                Duration.ofMinutes(2), Optional.empty());
        time.after(at, () -> service.receive(arrival));
        return arrival;
    }

    private static Work work(int side, int tiles, long pixels) {
        return new Work(pixels, 6 * pixels, Duration.ofNanos(tiles * side * side * NANOS_PER_PIXEL));
    }
}
