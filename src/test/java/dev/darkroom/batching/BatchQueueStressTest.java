package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many submitters, several devices, random sizes, failures and cancellations. */
@Timeout(180)
class BatchQueueStressTest {
    private static final int SUBMITTERS = 6;
    private static final int DEVICES = 3;
    private static final int REQUESTS_EACH = 500;

    private record Tile(Request request, int number) {}

    /** What is known of a request from outside. */
    private static final class Request {
        final List<Tile> tiles;
        final AtomicInteger[] runs;
        final AtomicInteger held = new AtomicInteger();
        final AtomicInteger completions = new AtomicInteger();
        final AtomicInteger releases = new AtomicInteger();
        volatile boolean cancelled;
        volatile boolean failed;
        volatile boolean succeeded;

        Request(int size) {
            tiles = IntStream.range(0, size).mapToObj(number -> new Tile(this, number)).toList();
            runs = IntStream.range(0, size).mapToObj(number -> new AtomicInteger()).toArray(AtomicInteger[]::new);
        }

        Map<Integer, List<Tile>> byKey(int keys) {
            var work = new HashMap<Integer, List<Tile>>();
            tiles.forEach(tile -> work.computeIfAbsent(tile.number % keys, key -> new ArrayList<>()).add(tile));
            return work;
        }
    }

    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final BatchQueue<Integer, Tile> queue = new BatchQueue<>(Pace.unknown(), BatchingEvents.NONE);
    private final CountDownLatch start = new CountDownLatch(SUBMITTERS + DEVICES);

    @Test
    void losesAndDoublesNothing() throws Exception {
        var threads = Executors.newFixedThreadPool(SUBMITTERS + DEVICES);
        var devices = inParallel(threads::submit, DEVICES, this::run);
        var submitters = inParallel(threads::submit, SUBMITTERS, this::submitMany);
        for (Future<?> submitter : submitters) {
            submitter.get();
        }
        queue.close();
        for (Future<?> device : devices) {
            device.get();
        }
        threads.shutdown();

        assertThat(violations).isEmpty();
        assertThat(queue.depth()).isZero();
        assertThat(requests).hasSize(SUBMITTERS * REQUESTS_EACH).allSatisfy(BatchQueueStressTest::endedOnce);
        assertThat(requests).anyMatch(request -> request.cancelled).anyMatch(request -> request.failed)
                .anyMatch(request -> request.succeeded);
    }

    private static void endedOnce(Request request) {
        assertThat(request.completions).hasValue(1);
        assertThat(request.releases).hasValue(1);
        assertThat(request.held).hasValue(0);
        assertThat(request.runs).allSatisfy(runs -> assertThat(runs.get()).isLessThanOrEqualTo(1));
        if (!request.cancelled && !request.failed) {
            assertThat(request.succeeded).isTrue();
        }
        if (request.succeeded) {
            assertThat(request.failed).isFalse();
            assertThat(request.runs).allSatisfy(runs -> assertThat(runs).hasValue(1));
        }
    }

    private static List<Future<?>> inParallel(Function<Callable<Void>, Future<Void>> threads, int count,
            Work work) {
        var started = new ArrayList<Future<?>>();
        for (int i = 0; i < count; i++) {
            var random = new Random(100L * count + i);
            started.add(threads.apply(() -> {
                work.with(random);
                return null;
            }));
        }
        return started;
    }

    private interface Work {
        void with(Random random) throws InterruptedException;
    }

    private void submitMany(Random random) throws InterruptedException {
        ready();
        var open = new ArrayList<Runnable>();
        for (int i = 0; i < REQUESTS_EACH; i++) {
            var request = new Request(1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 6));
            requests.add(request);
            var submission = queue.submit(request.byKey(1 + random.nextInt(3)), Deadline.in(Duration.ofDays(1)));
            submission.completion().whenComplete((done, failure) -> {
                request.succeeded = failure == null;
                request.completions.incrementAndGet();
            });
            submission.released().whenComplete((done, failure) -> {
                check(request.completions.get() == 1, "released before it was completed");
                check(request.held.get() == 0, "released while a device held a tile");
                request.releases.incrementAndGet();
            });
            open.add(() -> {
                request.cancelled = true;
                submission.cancel();
            });
            if (random.nextInt(4) == 0) {
                open.remove(random.nextInt(open.size())).run();
            }
        }
    }

    private void run(Random random) throws InterruptedException {
        ready();
        for (var batch = queue.take(key -> 5 + key); batch.isPresent(); batch = queue.take(key -> 5 + key)) {
            queue.grow(batch.get(), key -> 5 + key);
            check(batch.get().size() <= 5 + batch.get().key(), "a batch is too large");
            batch.get().tiles().forEach(tile -> {
                tile.request.held.incrementAndGet();
                check(tile.request.releases.get() == 0, "a tile was handed out after the release");
                check(tile.request.runs[tile.number].incrementAndGet() == 1, "a tile was handed out twice");
            });
            if (batch.get().size() > 1 && random.nextInt(3) == 0) {
                batch.get().halves().forEach(alone -> end(alone, random));
            } else {
                end(batch.get(), random);
            }
        }
    }

    private static void end(Batch<Integer, Tile> batch, Random random) {
        boolean fails = random.nextInt(40) == 0;
        batch.tiles().forEach(tile -> {
            if (fails) {
                tile.request.failed = true;
            }
            tile.request.held.decrementAndGet();
        });
        if (fails) {
            batch.fail(new IllegalStateException());
        } else {
            batch.complete();
        }
    }

    private void ready() throws InterruptedException {
        start.countDown();
        start.await();
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
