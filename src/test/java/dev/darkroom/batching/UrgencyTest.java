package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines, delays, growing batches and lost devices, on a clock that stands still unless it is told. */
@Timeout(60)
class UrgencyTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final List<Ending> endings = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    /** A tile takes a second, whatever its key; two fit into a batch. */
    private BatchQueue<String, String> queue = queue(Duration.ZERO);

    @Test
    void letsTheEarliestDeadlineGoFirstWhenItIsAtStake() {
        submit("wide", LONG, tiles("patient", 20));
        submit("wide", Duration.ofSeconds(9), tiles("hurried", 5));
        submit("tall", Duration.ofMillis(4500), "most hurried");

        assertThat(taken().tiles()).containsExactly("most hurried");
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(taken().tiles()).containsExactly("hurried1", "hurried2"); // 8 - 5 leaves less than the guard
        assertThat(taken().tiles()).containsExactly("patient1", "hurried3"); // 8 - 3 does not
    }

    @Test
    void hurriesWhatOtherWorkOfItsRequestFollows() {
        submit("wide", LONG, tiles("patient", 2));
        queue.submit(Map.of("wide", List.of(tiles("first of two", 2))), Deadline.in(Duration.ofSeconds(20), clock::get).before(Duration.ofSeconds(15)));

        assertThat(taken().tiles()).containsExactly("first of two1", "first of two2"); // 20 - 15 - 2 leaves less than the guard
    }

    @Test
    void takesTurnsWhileEveryDeadlineIsSafe() {
        submit("wide", LONG, tiles("a", 2));
        submit("wide", Duration.ofSeconds(30), tiles("b", 2));

        assertThat(taken().tiles()).containsExactly("a1", "b1");
    }

    @Test
    void countsTheWorkOfEarlierDeadlinesAgainstLaterOnes() {
        submit("wide", LONG, tiles("patient", 3));
        submit("wide", Duration.ofSeconds(12), tiles("a", 4));
        submit("wide", Duration.ofSeconds(13), tiles("b", 6));

        assertThat(taken().tiles()).containsExactly("a1", "a2"); // 13 - 10 leaves less than the guard of 4
    }

    @Test
    void addsNobodyWhoWouldMakeAnotherLate() {
        submit("wide", Duration.ofMillis(1500), "hurried");
        submit("wide", LONG, "patient");
        clock.addAndGet(Duration.ofMillis(100).toNanos());

        Batch<String, String> batch = taken();
        queue.grow(batch, key -> 2);

        assertThat(batch.tiles()).containsExactly("hurried");
    }

    /** Three hundred requests of one tile in ten shapes, all of them urgent: a batch that stopped at the first other shape was of one tile. */
    @Test
    void fillsAnUrgentBatchWithWhateverHasTheSameKey() {
        queue = new BatchQueue<>(new Pace<>(key -> 1_000_000, (key, tiles) -> 1_000_000L * tiles, Duration.ofSeconds(4), Duration.ZERO),
                BatchingEvents.NONE, clock::get);
        for (int i = 0; i < 300; i++) {
            submit("shape" + i % 10, Duration.ofSeconds(1).plusMillis(i), "tile" + i);
        }

        int batches = 0;
        for (var batch = queue.poll(key -> 32); batch.isPresent(); batch = queue.poll(key -> 32)) {
            batches++;
        }

        assertThat(batches).isEqualTo(10);
    }

    @Test
    void fillsNoUrgentBatchAtTheCostOfWhoeverHasToWaitForIt() {
        submit("tall", Duration.ofMillis(1500), "most hurried");
        submit("wide", Duration.ofMillis(2800), "hurried");
        submit("tall", LONG, "patient");

        assertThat(taken().tiles()).containsExactly("most hurried");
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(taken().tiles()).containsExactly("hurried");
    }

    @Test
    void growsABatchUntilItRuns() {
        submit("wide", LONG, "a");
        Batch<String, String> batch = taken();
        submit("tall", LONG, "other");
        submit("wide", LONG, "b", "c");

        queue.grow(batch, key -> 2);

        assertThat(batch.tiles()).containsExactly("a", "b");
        assertThat(taken().tiles()).containsExactly("other");
        assertThat(taken().tiles()).containsExactly("c");
    }

    @Test
    void waitsForTheDelayUnlessTheBatchIsFull() {
        queue = queue(Duration.ofMillis(50));
        submit("wide", LONG, "a");
        assertThat(queue.poll(key -> 2)).isEmpty();
        submit("tall", LONG, "x", "y");

        assertThat(taken().tiles()).containsExactly("x", "y");
        assertThat(queue.poll(key -> 2)).isEmpty();
        clock.addAndGet(Duration.ofMillis(50).toNanos());

        assertThat(taken().tiles()).containsExactly("a");
        assertThat(waits).containsExactly(Duration.ZERO, Duration.ofMillis(50));
    }

    @Test
    void waitsNoLongerOnceItIsClosed() {
        queue = queue(Duration.ofMillis(50));
        submit("wide", LONG, "a");

        queue.close();

        assertThat(taken().tiles()).containsExactly("a");
    }

    @Test
    void wakesWhenTheDelayIsOver() throws InterruptedException {
        var real = new BatchQueue<String, String>(new Pace<>(key -> 0, (key, tiles) -> 0, Duration.ZERO, Duration.ofMillis(20)), BatchingEvents.NONE);
        real.submit(Map.of("wide", List.of("a")), Deadline.in(LONG));

        assertThat(real.take(key -> 2).orElseThrow().tiles()).containsExactly("a");
    }

    @Test
    void handsOutAgainWhatADeviceGaveBack() {
        var request = submit("wide", LONG, tiles("a", 4));
        Batch<String, String> lost = taken();

        queue.putBack(lost);

        List<String> again = IntStream.range(0, 2).mapToObj(i -> taken()).peek(Batch::complete).flatMap(b -> b.tiles().stream()).toList();
        assertThat(again).containsExactlyInAnyOrder("a1", "a2", "a3", "a4");
        assertThat(request.completion().toCompletableFuture()).isCompleted();
        assertThat(endings).containsExactly(Ending.DONE);
    }

    @Test
    void releasesACancelledRequestWhenItsTilesComeBack() {
        var request = submit("wide", LONG, "a");
        Batch<String, String> lost = taken();
        request.cancel();
        assertThat(request.released().toCompletableFuture()).isNotDone();

        queue.putBack(lost);

        assertThat(request.released().toCompletableFuture()).isCompleted();
        assertThat(queue.depth()).isZero();
    }

    @Test
    void endsEveryoneWhenNoDeviceIsLeft() {
        var waiting = submit("wide", LONG, tiles("a", 3));
        Batch<String, String> lost = taken();

        queue.abandon(new NoDeviceException());
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> waiting.completion().toCompletableFuture().join())
                .withCauseInstanceOf(NoDeviceException.class);
        queue.putBack(lost);

        assertThat(waiting.released().toCompletableFuture()).isCompleted();
        assertThatExceptionOfType(NoDeviceException.class).isThrownBy(() -> submit("wide", LONG, "late"));
        assertThat(queue.poll(key -> 2)).isEmpty();
        assertThat(endings).containsExactly(Ending.FAILED);
    }

    @Test
    void takesWorkAgainWhenADeviceComesBack() {
        queue.abandon(new NoDeviceException());

        queue.resume();

        submit("wide", LONG, "a");
        assertThat(taken().tiles()).containsExactly("a");
    }

    private BatchQueue<String, String> queue(Duration delay) {
        var pace = new Pace<String>(key -> Duration.ofSeconds(1).toNanos(), (key, tiles) -> Duration.ofSeconds(tiles).toNanos(), Duration.ofSeconds(4), delay);
        return new BatchQueue<>(pace, new BatchingEvents() {
            @Override
            public void started(Duration wait) {
                waits.add(wait);
            }

            @Override
            public void ended(Ending ending) {
                endings.add(ending);
            }
        }, clock::get);
    }

    private Submission<String, String> submit(String key, Duration timeout, String... tiles) {
        return queue.submit(Map.of(key, List.of(tiles)), Deadline.in(timeout, clock::get));
    }

    private static String[] tiles(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    private Batch<String, String> taken() {
        Optional<Batch<String, String>> batch = queue.poll(key -> 2);
        return batch.orElseThrow();
    }
}
