package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.NoDeviceException;
import dev.darkroom.batching.Submission;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Precision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real network whose device is made to fail. */
@Timeout(180)
class DeviceFaultsTest {
    private final CountDownLatch wasLost = new CountDownLatch(1);
    private final CountDownLatch cameBack = new CountDownLatch(1);
    private final Queue<String> happened = new ConcurrentLinkedQueue<>();
    private final TorchScriptCheckpoint checkpoint = TestCheckpoints.load("brighten");
    private InferenceEngine engine;

    @AfterEach
    void close() {
        engine.close();
        checkpoint.close();
    }

    @Test
    void halvesBatchesThatNeedTooMuchMemoryAndRemembers() {
        start(1, (device, precision, x, network) -> {
            happened.add("ran " + x.getShape().get(0));
            if (x.getShape().get(0) > 2) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
            }
            return network.get();
        });

        assertThat(restoredTogether(7)).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(happened).contains("ran 7", "ran 3", "ran 4", "cap 31", "halved"); // 7 tiles of 9 pixels
        happened.clear();

        assertThat(restoredTogether(7)).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(happened).doesNotContain("ran 7", "halved");
    }

    @Test
    void triesASingleTileAgainWhenMemoryWasShort() {
        var failures = new AtomicInteger(1);
        start(1, (device, precision, x, network) -> {
            if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            }
            return network.get();
        });

        assertThat(restoredTogether(1)).containsExactly(1);
    }

    @Test
    void failsOnlyTheCulprit() {
        start(1, (device, precision, x, network) -> {
            if (x.max().getFloat() > 0.9f) {
                throw new EngineException("a bad tile");
            }
            return network.get();
        });
        var busy = hold();
        var sound = IntStream.range(0, 6).mapToObj(i -> submit(SampleTile.gray(3, i, 1 / 255f))).toList();
        var culprit = submit(SampleTile.gray(3, 250, 0));
        busy.countDown();

        assertThat(failureOf(culprit)).contains(InferenceFailedException.class);
        assertThat(sound).allSatisfy(request -> assertThat(failureOf(request)).isEmpty());
        assertThat(happened).contains("halved").doesNotContain("lost");
    }

    @Test
    void computesInFloat32WhatIsNotFiniteInReducedPrecision() {
        try (var reduced = TestCheckpoints.loadIn(Precision.BFLOAT16)) {
            start(1, (device, precision, x, network) -> {
                NDArray y = network.get();
                return precision == Precision.FLOAT32 ? y : y.mul(Float.NaN);
            });
            var tile = new SampleTile(new TileShape(1, 1, 3, 1), 0, 1, 10, 20, 30);

            assertThat(failureOf(engine.submit(reduced, List.of(tile), ages()))).isEmpty();

            assertThat(tile.restored).containsExactly(10, 20, 30);
            assertThat(happened).contains("recomputed");
        }
    }

    @Test
    void failsWhatIsNotFiniteInFloat32Either() {
        start(1, (device, precision, x, network) -> x.max().getFloat() > 0.9f ? network.get().mul(Float.NaN) : network.get());
        var culprit = submit(SampleTile.gray(3, 250, 0));

        assertThat(failureOf(culprit)).contains(InferenceFailedException.class);
        assertThat(restoredTogether(2)).containsExactly(1, 2);
    }

    @Test
    void replacesAWorkerThatDiesAndLosesNothing() {
        var deaths = new AtomicInteger(1);
        start(1, (device, precision, x, network) -> {
            if (x.getShape().get(0) > 1 && deaths.getAndDecrement() > 0) {
                throw new AssertionError("the worker dies");
            }
            return network.get();
        });

        assertThat(restoredTogether(5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(happened).contains("replaced");
    }

    @Test
    void failsATileThatKillsEveryWorker() {
        start(1, (device, precision, x, network) -> {
            if (x.max().getFloat() > 0.9f) {
                throw new AssertionError("the worker dies");
            }
            return network.get();
        });

        assertThat(failureOf(submit(SampleTile.gray(3, 250, 0)))).contains(InferenceFailedException.class);
        assertThat(restoredTogether(3)).containsExactly(1, 2, 3);
        assertThat(happened.stream().filter("replaced"::equals)).hasSize(2);
    }

    @Test
    void takesADeviceOutThatKeepsFailing() {
        start(1, (device, precision, x, network) -> {
            throw new EngineException("CUDA error: an illegal memory access was encountered");
        });
        var busy = hold();
        var waiting = submit(SampleTile.gray(3, 1, 0));
        busy.countDown();

        assertThat(failureOf(waiting)).contains(NoDeviceException.class);
        assertThat(engine.devices()).extracting(DeviceStatus::state).containsExactly(DeviceStatus.State.LOST);
        assertThatExceptionOfType(NoDeviceException.class).isThrownBy(() -> submit(SampleTile.gray(3, 1, 0)));
        assertThat(happened.stream().filter("lost"::equals)).hasSize(1);
    }

    /** As a library that is gone does: no exception, an error. */
    @Test
    void answersATileThoughNotEvenTheProbeComesBack() {
        start(1, (device, precision, x, network) -> {
            throw new UnsatisfiedLinkError("the library is gone");
        });

        assertThat(failureOf(submit(SampleTile.gray(3, 1, 0)))).contains(NoDeviceException.class);
    }

    @Test
    void takesALostDeviceBackWhenItWorksAgain() throws InterruptedException {
        var broken = new AtomicBoolean(true);
        start(1, (device, precision, x, network) -> {
            if (broken.get()) {
                throw new EngineException("CUDA error: the device is being reset");
            }
            return network.get();
        });
        assertThat(failureOf(submit(SampleTile.gray(3, 1, 0)))).contains(NoDeviceException.class);

        broken.set(false);
        cameBack.await();

        assertThat(engine.devices()).extracting(DeviceStatus::state).containsExactly(DeviceStatus.State.WORKING);
        assertThat(restoredTogether(2)).containsExactly(1, 2);
    }

    @Test
    void reckonsWithAllItsInstances() {
        start(4, DeviceHook.none());

        assertThat(engine.asThingsGo(Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void goesOnWithTheOtherInstanceWhenOneIsLost() throws InterruptedException {
        var lost = new AtomicReference<String>();
        start(2, (device, precision, x, network) -> {
            String thread = Thread.currentThread().getName();
            lost.compareAndSet(null, thread);
            if (thread.equals(lost.get())) {
                throw new EngineException("CUDA error: an illegal memory access was encountered");
            }
            return network.get();
        });

        for (int i = 0; i < 10; i++) {
            assertThat(restoredTogether(3)).containsExactly(1, 2, 3);
        }
        wasLost.await();
        assertThat(engine.devices()).extracting(DeviceStatus::state)
                .containsExactlyInAnyOrder(DeviceStatus.State.LOST, DeviceStatus.State.WORKING);
    }

    private void start(int instances, DeviceHook hook) {
        var events = new InferenceEvents() {
            @Override
            public void batchHalved(String device) {
                happened.add("halved");
            }

            @Override
            public void capChanged(String device, long pixels) {
                happened.add("cap " + pixels);
            }

            @Override
            public void recomputed(String device) {
                happened.add("recomputed");
            }

            @Override
            public void workerReplaced(String device) {
                happened.add("replaced");
            }

            @Override
            public void deviceCameBack(String device) {
                cameBack.countDown();
            }

            @Override
            public void deviceLost(String device) {
                happened.add("lost");
                wasLost.countDown();
            }
        };
        engine = new InferenceEngine(TestCheckpoints.instances(instances), events, BatchingEvents.NONE, hook);
    }

    /** Requests 1, 2, ... that meet in the queue while the device is busy; the network adds one to nought, two to one... */
    private List<Integer> restoredTogether(int count) {
        var busy = hold();
        var tiles = IntStream.range(0, count).mapToObj(i -> SampleTile.gray(3, i, 1 / 255f)).toList();
        var requests = tiles.stream().map(this::submit).toList();
        busy.countDown();
        assertThat(requests).allSatisfy(request -> assertThat(failureOf(request)).isEmpty());
        return tiles.stream().map(tile -> tile.restored[0]).toList();
    }

    /** Keeps the first instance busy until it is counted down. */
    private CountDownLatch hold() {
        var end = new CountDownLatch(1);
        var reading = new CountDownLatch(1);
        submit(new SampleTile(new TileShape(1, 1, 1, 1), 0, 1, 0) {
            @Override
            public void read(java.nio.ByteBuffer samples) {
                reading.countDown();
                await(end);
                super.read(samples);
            }
        });
        await(reading);
        return end;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Submission<?, TileWork> submit(SampleTile tile) {
        return engine.submit(checkpoint, List.of(tile), ages());
    }

    private static Deadline ages() {
        return Deadline.in(Duration.ofDays(1));
    }

    private static Optional<Class<?>> failureOf(Submission<?, ?> submission) {
        return submission.released().thenCompose(idle -> submission.completion()).toCompletableFuture()
                .<Optional<Class<?>>>handle((done, failure) -> failure == null ? Optional.empty()
                        : Optional.of((failure instanceof CompletionException wrapped ? wrapped.getCause() : failure).getClass())).join();
    }
}
