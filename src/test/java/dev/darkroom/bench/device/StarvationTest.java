package dev.darkroom.bench.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.MemoryWatch;
import dev.darkroom.bench.picture.Album;
import dev.darkroom.bench.picture.Mix;
import dev.darkroom.bench.picture.Scene;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.TensorLiteral;
import dev.darkroom.model.store.CheckpointPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CPU whose memory is made believe: a batch takes a thousand bytes for each of its pixels. */
class StarvationTest {
    private static final long BYTES_PER_PIXEL = 1000;
    private static final long PLENTY = Long.MAX_VALUE;
    private static final int DECK = 6;
    private static final Mix SMALL = new Mix(List.of(new SizeClass("small", 128, 128, DECK)), new SizeClass("large", 700, 500, 0));

    private final AtomicLong free = new AtomicLong(PLENTY);
    private final AtomicBoolean hold = new AtomicBoolean();
    private Pipeline pipeline;
    private final DeviceHook allocator = (device, precision, x, network) -> {
        if (x.getShape().get(0) == 1 && hold.compareAndSet(true, false)) {
            awaitCompany();
        }
        long needed = x.getShape().get(0) * x.getShape().get(2) * x.getShape().get(3) * BYTES_PER_PIXEL;
        if (needed > free.get()) {
            throw new EngineException("CUDA out of memory. Tried to allocate " + needed);
        }
        return network.get();
    };

    @TempDir
    Path folder;

    @Test
    void answersEverythingWithTooLittleMemoryAndRecovers() throws Exception {
        Starvation.Found found = starve(bytes -> {
            leave(bytes);
            return () -> free.set(PLENTY);
        });

        assertThat(found.ranOut()).isTrue();
        assertThat(found.halved()).isPositive();
        assertThat(found.answered()).isEqualTo(found.requests()).isPositive();
        assertThat(found.unlike()).isZero();
        assertThat(found.capDuring()).isLessThan(found.capBefore());
        assertThat(found.recovered()).isTrue();
    }

    @Test
    void seesThatRequestsFailWhenNotEvenATileFits() throws Exception {
        Starvation.Found found = starve(bytes -> {
            leave(bytes > 64 << 20 ? PLENTY : 1);
            return () -> free.set(PLENTY);
        });

        assertThat(found.answered()).isLessThan(found.requests());
        assertThat(found.recovered()).isFalse();
    }

    @Test
    void isNoProofWhereMemoryNeverRanOut() throws Exception {
        Starvation.Found found = starve(bytes -> () -> { });

        assertThat(found.ranOut()).isFalse();
        assertThat(found.answered()).isEqualTo(found.requests());
        assertThat(found.recovered()).isFalse();
    }

    private void leave(long bytes) {
        free.set(bytes);
        hold.set(true);
    }

    /** However slowly pictures are prepared, the batch after a lone tile has two. */
    private void awaitCompany() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5); // those that the device already holds never come
        while (pipeline.engine().queueDepth() < 2 && System.nanoTime() < until) {
            LockSupport.parkNanos(100_000);
        }
    }

    private Starvation.Found starve(Scarcity scarcity) throws Exception {
        publish();
        var watch = new MemoryWatch();
        var inference = new InferenceSettings("cpu", Optional.of(Precision.FLOAT32), 1, 1, 1 << 20, Duration.ofMinutes(1), Duration.ofMillis(10));
        var request = EnhanceRequest.of(Task.DENOISE, new ModelRequest.Default());
        try (var album = Album.of(SMALL, Scene::picture, 1);
                var opened = Pipeline.open(folder.resolve("store"), inference, EnhanceSettings.defaults(), new Instruments(watch, BatchingEvents.NONE, allocator))) {
            pipeline = opened;
            pipeline.store().reload();
            try (var lease = pipeline.store().acquire(Task.DENOISE, request.first().model())) {
                var bench = new Bench(pipeline, lease.checkpoint(), inference, request, album, Duration.ofMillis(10), 1);
                return new Starvation(bench, scarcity, watch, 40).run();
            }
        }
    }

    private void publish() throws Exception {
        var x = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0.5f, 0.5f, 0.5f});
        var y = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0.75f, 0.75f, 0.75f});
        var condition = TensorLiteral.of(new long[] {1, 1}, new float[] {0.25f});
        var manifest = new Manifest(Task.DENOISE, "baseline", 1, "slow-to-begin", 0, "0".repeat(64), new Manifest.Channels(3, 3),
                new Manifest.Range(0, 1), 1, List.of("sigma/255"), 1, 0, List.of(128), List.of(Precision.FLOAT32), null, List.of(),
                new Manifest.SelfTest(x, condition, y, 1e-6), null);
        Path model = Path.of(StarvationTest.class.getResource("/dev/darkroom/inference/slow-to-begin.pt").toURI());
        new CheckpointPublisher(folder.resolve("store")).publish(manifest, model);
    }
}
