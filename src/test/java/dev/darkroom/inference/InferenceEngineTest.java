package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.QueueClosedException;
import dev.darkroom.batching.Submission;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class InferenceEngineTest {
    private final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
    private final InferenceEngine engine = engine(TestCheckpoints.FLOAT32, new InferenceEvents() {
        @Override
        public void batchRan(String device, int tiles, double fill, long pixels, Duration time) {
            batches.add(tiles);
        }
    });
    private final TorchScriptCheckpoint checkpoint = TestCheckpoints.load("fails-on-bright");

    @AfterEach
    void close() {
        engine.close();
        checkpoint.close();
    }

    @Test
    void givesEachOfManyRequestsItsOwnResult() {
        var threads = IntStream.range(0, 8).mapToObj(seed -> CompletableFuture.runAsync(() -> manyRequests(new Random(seed)),
                command -> new Thread(command).start())).toList();

        threads.forEach(CompletableFuture::join);

        assertThat(engine.queueDepth()).isZero();
    }

    private void manyRequests(Random random) {
        var requests = new ArrayList<List<SampleTile>>();
        var submissions = new ArrayList<Submission<?, TileWork>>();
        var expected = new ArrayList<Integer>();
        for (int i = 0; i < 25; i++) {
            int value = random.nextInt(100);
            int shift = random.nextInt(100);
            var tiles = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(tile -> SampleTile.gray(1 + random.nextInt(3), value, shift / 255f)).toList();
            requests.add(tiles);
            expected.add(value + shift);
            submissions.add(submit(tiles));
        }
        for (int i = 0; i < submissions.size(); i++) {
            assertThat(failureOf(submissions.get(i))).isNull();
            int result = expected.get(i);
            assertThat(requests.get(i)).allSatisfy(tile -> assertThat(tile.restored).containsOnly(result));
        }
    }

    @Test
    void failsOnlyTheRequestWhoseTileFails() {
        var busy = new Busy();
        var sound = SampleTile.gray(2, 10, 5 / 255f);
        var alsoSound = SampleTile.gray(2, 20, 6 / 255f);
        var first = submit(List.of(sound));
        var culprit = submit(List.of(SampleTile.gray(2, 255, 0), SampleTile.gray(2, 1, 0)));
        var last = submit(List.of(alsoSound));
        busy.end();

        assertThat(failureOf(culprit)).isExactlyInstanceOf(InferenceFailedException.class)
                .hasMessage("The checkpoint failed on this image.");
        assertThat(failureOf(first)).isNull();
        assertThat(failureOf(last)).isNull();
        assertThat(sound.restored).containsOnly(15);
        assertThat(alsoSound.restored).containsOnly(26);
    }

    @Test
    void outlivesATileThatCannotBeRead() {
        var unreadable = submit(List.of(new SampleTile(new TileShape(1, 1, 1, 1), 0, 1, 0) {
            @Override
            public void read(ByteBuffer samples) {
                throw new StackOverflowError("not an exception but an error");
            }
        }));
        assertThat(failureOf(unreadable)).isInstanceOf(InferenceFailedException.class);

        var next = SampleTile.gray(1, 10, 0);

        assertThat(failureOf(submit(List.of(next)))).isNull();
        assertThat(next.restored).containsExactly(10);
    }

    @Test
    void runsTilesOfDifferentRequestsTogether() {
        var busy = new Busy();
        var requests = IntStream.range(0, 7).mapToObj(i -> submit(List.of(SampleTile.gray(3, i, 0)))).toList();
        busy.end();

        requests.forEach(request -> assertThat(failureOf(request)).isNull());
        engine.close();

        assertThat(batches).containsExactly(1, 7);
        assertThat(requests).allSatisfy(request -> assertThat(request.batches()).isOne());
    }

    @Test
    void keepsBatchesWithinTheirPixels() {
        var small = new InferenceSettings("cpu", TestCheckpoints.FLOAT32.precision(), 1, 1, 20, Duration.ofSeconds(1), Duration.ZERO);
        var pixelsOfBatches = new InferenceEvents() {
            @Override
            public void batchRan(String device, int tiles, double fill, long pixels, Duration time) {
                batches.add((int) pixels);
            }
        };
        try (var tight = engine(small, pixelsOfBatches)) {
            tight.submit(checkpoint, IntStream.range(0, 6).mapToObj(i -> SampleTile.gray(3, i, 0)).toList(), ages());
            tight.submit(checkpoint, List.of(SampleTile.gray(5, 1, 0)), ages());
        }
        assertThat(batches).hasSize(4).containsOnlyOnce(25).containsOnly(18, 25);
    }

    @Test
    void leavesACancelledRequestAlone() {
        var busy = new Busy();
        var tile = SampleTile.gray(2, 10, 0);
        var cancelled = submit(List.of(tile));
        cancelled.cancel();
        busy.end();
        engine.close();

        assertThat(failureOf(cancelled)).isInstanceOf(CancellationException.class);
        assertThat(tile.restored).isNull();
    }

    @Test
    void finishesWhatItAcceptedBeforeItCloses() {
        var busy = new Busy();
        var tiles = IntStream.range(0, 20).mapToObj(i -> SampleTile.gray(1 + i % 3, i, 0)).toList();
        var accepted = submit(tiles);
        var closing = CompletableFuture.runAsync(engine::close, command -> new Thread(command).start());
        busy.end();
        closing.join();

        assertThat(accepted.completion().toCompletableFuture()).isCompleted();
        IntStream.range(0, 20).forEach(i -> assertThat(tiles.get(i).restored).containsOnly(i));
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> submit(tiles));
    }

    /** Holds the device up, so that what is submitted meanwhile meets in the queue. */
    private final class Busy {
        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        Busy() {
            submit(List.of(new SampleTile(new TileShape(1, 1, 1, 1), 0, 1, 0) {
                @Override
                public void read(ByteBuffer samples) {
                    reading.countDown();
                    await(over);
                    super.read(samples);
                }
            }));
            await(reading);
        }

        void end() {
            over.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static InferenceEngine engine(InferenceSettings settings, InferenceEvents events) {
        return new InferenceEngine(settings, events, BatchingEvents.NONE, DeviceHook.none());
    }

    private Submission<?, TileWork> submit(List<? extends TileWork> tiles) {
        return engine.submit(checkpoint, tiles, ages());
    }

    private static Deadline ages() {
        return Deadline.in(Duration.ofDays(1));
    }

    /** Waits; null if the request completed normally. */
    private static Throwable failureOf(Submission<?, ?> submission) {
        return submission.released().thenCompose(idle -> submission.completion()).toCompletableFuture()
                .handle((done, failure) -> failure instanceof CompletionException wrapped ? wrapped.getCause() : failure).join();
    }
}
