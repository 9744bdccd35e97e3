package dev.darkroom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.batching.Work;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.image.file.ImageFormat;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    private static final Picture PICTURE = new Picture(new SizeClass("none", 1, 1, 1), null, ImageFormat.PNG, new byte[0]);
    private static final List<Picture> DECK = Collections.nCopies(10, PICTURE);

    private final ExecutorService workers = Executors.newFixedThreadPool(8);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        workers.shutdown();
    }

    private CompletableFuture<Void> work(Runnable atTheEnd) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        return CompletableFuture.runAsync(() -> {
            Thread.yield();
            done.incrementAndGet();
            inside.decrementAndGet();
            atTheEnd.run();
        }, workers);
    }

    @Test
    void dealsWholeDecksWithNoMoreInsideThanAllowed() throws InterruptedException {
        ClosedLoop.Run run = new ClosedLoop(3, picture -> work(() -> {})).decks(DECK, 20);
        assertThat(run.decks()).isEqualTo(20);
        assertThat(done).hasValue(200);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void dealsAtLeastOneDeckHoweverShortTheTime() throws InterruptedException {
        assertThat(new ClosedLoop(3, picture -> work(() -> {})).during(DECK, Duration.ZERO).decks()).isEqualTo(1);
    }

    @Test
    void waitsForRoomWhereTheServiceHasLess() throws InterruptedException {
        var admission = new Admission(new Capacity(2, 1000, Duration.ofHours(1)), Duration.ZERO, BatchingEvents.NONE);
        var loop = new ClosedLoop(6, picture -> {
            Admission.Permit permit = admission.admit(new Work(1, 1, Duration.ofNanos(1)), Deadline.in(Duration.ofHours(1)));
            return work(permit::close);
        });
        loop.decks(DECK, 20);
        assertThat(done).hasValue(200);
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void doesNotWaitForRoomThatNobodyCanMake() {
        var admission = new Admission(new Capacity(1, 1, Duration.ofHours(1)), Duration.ZERO, BatchingEvents.NONE);
        var loop = new ClosedLoop(2, picture -> {
            admission.admit(new Work(2, 1, Duration.ofNanos(1)), Deadline.in(Duration.ofHours(1)));
            return work(() -> {});
        });
        assertThatThrownBy(() -> loop.decks(DECK, 1)).isInstanceOf(QueueFullException.class);
    }

    /** What those inside compute with is freed by whoever is interrupted. */
    @Test
    void endsOnlyWhenNobodyIsInsideAlsoWhenItIsInterrupted() throws InterruptedException {
        var released = new CountDownLatch(1);
        var loop = new ClosedLoop(3, picture -> {
            inside.incrementAndGet();
            return CompletableFuture.runAsync(() -> {
                awaitQuietly(released);
                inside.decrementAndGet();
            }, workers);
        });
        var insideAtTheEnd = new CompletableFuture<Integer>();
        var thread = new Thread(() -> {
            try {
                loop.decks(DECK, 1);
            } catch (InterruptedException e) {
                insideAtTheEnd.complete(inside.get());
            }
        });
        thread.start();
        await().until(() -> inside.get() == 3 && thread.getState() == Thread.State.WAITING);

        thread.interrupt();
        await().until(() -> !thread.isInterrupted() && thread.getState() == Thread.State.WAITING);
        released.countDown();

        assertThat(insideAtTheEnd.join()).isZero();
    }

    @Test
    void endsWhereAPictureCannotEvenBeSubmitted() {
        var loop = new ClosedLoop(2, picture -> {
            throw new IllegalArgumentException("closed");
        });
        assertThatThrownBy(() -> loop.decks(DECK, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void saysThatAPictureFailed() {
        var cause = new IllegalArgumentException("broken");
        var loop = new ClosedLoop(2, picture -> CompletableFuture.failedStage(cause));
        assertThatThrownBy(() -> loop.decks(DECK, 2)).hasRootCause(cause);
    }
}
