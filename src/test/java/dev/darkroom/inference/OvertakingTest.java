package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Standing;
import dev.darkroom.batching.Submission;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.model.Precision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A CPU on which a large tile is held up, so that it is seen what goes past it. */
@Timeout(120)
class OvertakingTest {
    /** By calibration it takes seconds, of which the real calculation needs little. */
    private static final int LARGE = 2000;
    private static final int SMALL = 8;

    private final CountDownLatch largeBegan = new CountDownLatch(1);
    private final CountDownLatch largeMayEnd = new CountDownLatch(1);
    private final AtomicInteger largeAtOnce = new AtomicInteger();
    private final AtomicInteger mostLargeAtOnce = new AtomicInteger();
    private final Turns turns = new Turns();
    private final TorchScriptCheckpoint checkpoint = TestCheckpoints.load("brighten");
    private final InferenceEngine engine = new InferenceEngine(TestCheckpoints.FLOAT32, turns, InferenceEvents.NONE, BatchingEvents.NONE, this::forward);

    @AfterEach
    void close() {
        largeMayEnd.countDown();
        engine.close();
        checkpoint.close();
    }

    private NDArray forward(String device, Precision precision, NDArray x, Supplier<NDArray> network) {
        if (x.getShape().get(2) < LARGE) {
            return network.get();
        }
        mostLargeAtOnce.accumulateAndGet(largeAtOnce.incrementAndGet(), Math::max);
        largeBegan.countDown();
        try {
            largeMayEnd.await();
            return network.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            largeAtOnce.decrementAndGet();
        }
    }

    @Test
    void aSmallPictureDoesNotWaitForALargeTile() throws InterruptedException {
        var large = submit(LARGE, Duration.ofHours(1));
        largeBegan.await();

        for (int i = 0; i < 20; i++) {
            submit(SMALL, Duration.ofHours(1)).completion().toCompletableFuture().join();
        }

        assertThat(large.completion().toCompletableFuture()).isNotDone();
        largeMayEnd.countDown();
        large.completion().toCompletableFuture().join();
    }

    @Test
    void largeTilesGoOneAfterTheOther() throws InterruptedException {
        var first = submit(LARGE, Duration.ofHours(1));
        var second = submit(LARGE, Duration.ofHours(1));
        largeBegan.await();
        submit(SMALL, Duration.ofHours(1)).completion().toCompletableFuture().join();
        largeMayEnd.countDown();

        first.completion().toCompletableFuture().join();
        second.completion().toCompletableFuture().join();
        assertThat(mostLargeAtOnce).hasValue(1);
    }

    @Test
    void nothingOvertakesWhatWouldBeLateForIt() throws InterruptedException {
        var large = submit(LARGE, Duration.ofMillis(1500));
        largeBegan.await();
        var small = submit(SMALL, Duration.ofHours(1));

        assertThat(comesWithin(small, Duration.ofMillis(300))).isFalse();
        largeMayEnd.countDown();
        small.completion().toCompletableFuture().join();
        large.released().toCompletableFuture().join();
    }

    @Test
    void workInTheBackgroundDoesNotOvertake() throws InterruptedException {
        submit(LARGE, Duration.ofHours(1));
        largeBegan.await();
        var background = engine.submit(checkpoint, List.of(SampleTile.gray(SMALL, 1, 0)), Deadline.in(Duration.ofHours(1)), Standing.alone().inBackground());
        submit(SMALL, Duration.ofHours(1)).completion().toCompletableFuture().join();

        assertThat(background.completion().toCompletableFuture()).isNotDone();
        largeMayEnd.countDown();
        background.completion().toCompletableFuture().join();
    }

    @Test
    void whoeverIsNextOnTheDeviceIsAlone() throws Exception {
        var smallBegan = new CountDownLatch(1);
        var smallMayEnd = new CountDownLatch(1);
        try (var busy = new InferenceEngine(TestCheckpoints.FLOAT32, turns, InferenceEvents.NONE, BatchingEvents.NONE, (device, precision, x, network) -> {
            if (x.getShape().get(2) == SMALL) {
                smallBegan.countDown();
                awaitQuietly(smallMayEnd);
            }
            return forward(device, precision, x, network);
        })) {
            var large = busy.submit(checkpoint, List.of(SampleTile.gray(LARGE, 1, 0)), Deadline.in(Duration.ofHours(1)));
            largeBegan.await();
            busy.submit(checkpoint, List.of(SampleTile.gray(SMALL, 1, 0)), Deadline.in(Duration.ofHours(1)));
            smallBegan.await();
            var measuring = CompletableFuture.runAsync(() -> {
                turns.of("cpu").lock();
                turns.of("cpu").unlock();
            });
            largeMayEnd.countDown();

            assertThat(large.completion().toCompletableFuture()).isNotDone();
            assertThat(measuring).isNotDone();
            smallMayEnd.countDown();
            measuring.get(60, TimeUnit.SECONDS);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean comesWithin(Submission<?, ?> submission, Duration time) throws InterruptedException {
        var came = new CountDownLatch(1);
        submission.completion().thenRun(came::countDown);
        return came.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Submission<?, TileWork> submit(int side, Duration timeout) {
        return engine.submit(checkpoint, List.of(SampleTile.gray(side, 1, 0)), Deadline.in(timeout));
    }
}
