package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Standing;
import dev.darkroom.batching.Submission;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.model.Precision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A CPU on which a large tile is held up, so that it is seen what goes past it. */
@Timeout(180)
class OvertakingTest {
    /** By calibration it takes many seconds; the real calculation needs nothing like that. */
    private static final TileShape LARGE = new TileShape(1, 8_000_000, 1, 1);
    private static final int SMALL = 8;
    private static final Duration AGES = Duration.ofHours(10);
    /** Long enough for what may happen to happen. */
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final CountDownLatch largeBegan = new CountDownLatch(1);
    private final Semaphore largeMayEnd = new Semaphore(0);
    private final CountDownLatch largeEnded = new CountDownLatch(1);
    private final CountDownLatch smallBegan = new CountDownLatch(1);
    private final Semaphore smallMayEnd = new Semaphore(1000);
    private final AtomicInteger largeAtOnce = new AtomicInteger();
    private final AtomicInteger mostLargeAtOnce = new AtomicInteger();
    private final AtomicInteger failuresOfSmall = new AtomicInteger();
    private final Turns turns = new Turns();
    private final TorchScriptCheckpoint checkpoint = TestCheckpoints.load("brighten");
    private InferenceEngine engine = engine(1);

    private InferenceEngine engine(int instances) {
        var settings = new InferenceSettings("cpu", TestCheckpoints.FLOAT32.precision(), 1, instances, 1 << 24, Duration.ofMillis(250), Duration.ZERO);
        return new InferenceEngine(settings, turns, InferenceEvents.NONE, BatchingEvents.NONE, this::forward);
    }

    @AfterEach
    void close() {
        largeMayEnd.release(1000);
        smallMayEnd.release(1000);
        engine.close();
        checkpoint.close();
    }

    private NDArray forward(String device, Precision precision, NDArray x, Supplier<NDArray> network) {
        if (x.getShape().get(3) < LARGE.width()) {
            smallBegan.countDown();
            smallMayEnd.acquireUninterruptibly();
            if (failuresOfSmall.getAndDecrement() > 0) {
                throw new EngineException("DefaultCPUAllocator: not enough memory");
            }
            return network.get();
        }
        mostLargeAtOnce.accumulateAndGet(largeAtOnce.incrementAndGet(), Math::max);
        largeBegan.countDown();
        largeMayEnd.acquireUninterruptibly();
        try {
            return network.get();
        } finally {
            largeAtOnce.decrementAndGet();
            largeEnded.countDown();
        }
    }

    @Test
    void aSmallPictureDoesNotWaitForALargeTile() throws InterruptedException {
        var large = large(AGES);
        largeBegan.await();

        for (int i = 0; i < 20; i++) {
            done(small());
        }

        assertThat(large.completion().toCompletableFuture()).isNotDone();
        largeMayEnd.release();
        done(large);
    }

    @Test
    void largeTilesGoOneAfterTheOther() throws InterruptedException {
        var first = large(AGES);
        var second = large(AGES);
        largeBegan.await();
        done(small());
        largeMayEnd.release(2);

        done(first);
        done(second);
        assertThat(mostLargeAtOnce).hasValue(1);
    }

    @Test
    void nothingOvertakesWhatWouldBeLateForIt() throws InterruptedException {
        var large = large(Duration.ofNanos(checkpoint.nanosOfBatch(LARGE, 1) * 6 / 5));
        largeBegan.await();
        var shorter = submit(new TileShape(1, LARGE.width() / 4, 1, 1), AGES);

        assertThat(comesWithin(A_WHILE, shorter)).isFalse();
        largeMayEnd.release();
        done(shorter);
        large.released().toCompletableFuture().join();
    }

    @Test
    void whatIsTooLateAnywayIsOvertaken() throws InterruptedException {
        var large = large(Duration.ofNanos(checkpoint.nanosOfBatch(LARGE, 1) / 2));
        largeBegan.await();

        done(small());
        largeMayEnd.release();
        large.released().toCompletableFuture().join();
    }

    @Test
    void workInTheBackgroundDoesNotOvertake() throws InterruptedException {
        large(AGES);
        largeBegan.await();
        var background = engine.submit(checkpoint, List.of(SampleTile.gray(SMALL, 1, 0)), Deadline.in(AGES), Standing.alone().inBackground());
        done(small());

        assertThat(comesWithin(A_WHILE, background)).isFalse();
        largeMayEnd.release();
        done(background);
    }

    @Test
    void whoeverIsNextOnTheDeviceIsAlone() throws Exception {
        smallMayEnd.drainPermits();
        large(AGES);
        largeBegan.await();
        small();
        smallBegan.await();
        var measuring = CompletableFuture.runAsync(() -> {
            turns.of("cpu").lock();
            turns.of("cpu").unlock();
        });
        largeMayEnd.release();
        largeEnded.await();

        assertThatThrownBy(() -> measuring.get(A_WHILE.toMillis(), TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        smallMayEnd.release();
        measuring.get(60, TimeUnit.SECONDS);
    }

    @Test
    void whatFindsNoMemoryBesideALargeTileIsTriedAgainByItself() throws InterruptedException {
        failuresOfSmall.set(1);

        aSmallPictureWaitsForALargeTile();
    }

    @Test
    void nothingOvertakesWhereThereIsNoMemoryForBoth() throws InterruptedException {
        engine.close();
        engine = new InferenceEngine(TestCheckpoints.FLOAT32, turns, InferenceEvents.NONE, BatchingEvents.NONE, this::forward); // a megapixel at a time

        aSmallPictureWaitsForALargeTile();
    }

    @Test
    void smallPicturesGoPastTwoInstancesLargeTiles() throws InterruptedException {
        engine.close();
        engine = engine(2);
        large(AGES);
        large(AGES);
        largeBegan.await();
        while (largeAtOnce.get() < 2) {
            Thread.onSpinWait();
        }
        smallMayEnd.drainPermits();
        var first = small();
        var second = small();
        smallMayEnd.release(2);

        done(first);
        done(second);
        assertThat(largeAtOnce).hasValue(2);
    }

    private void aSmallPictureWaitsForALargeTile() throws InterruptedException {
        large(AGES);
        largeBegan.await();
        var small = small();

        assertThat(comesWithin(A_WHILE, small)).isFalse();
        largeMayEnd.release();
        done(small);
    }

    private static void done(Submission<?, ?> submission) {
        submission.completion().toCompletableFuture().join();
    }

    private static boolean comesWithin(Duration time, Submission<?, ?> submission) throws InterruptedException {
        var came = new CountDownLatch(1);
        submission.completion().thenRun(came::countDown);
        return came.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Submission<?, TileWork> small() {
        return engine.submit(checkpoint, List.of(SampleTile.gray(SMALL, 1, 0)), Deadline.in(AGES));
    }

    private Submission<?, TileWork> large(Duration timeout) {
        return submit(LARGE, timeout);
    }

    private Submission<?, TileWork> submit(TileShape shape, Duration timeout) {
        return engine.submit(checkpoint, List.of(new SampleTile(shape, 0, 1, new int[shape.pixels()])), Deadline.in(timeout));
    }
}
