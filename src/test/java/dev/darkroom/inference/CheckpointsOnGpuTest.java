package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Gpu;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.bench.engine.ConvolutionStyle;
import dev.darkroom.bench.engine.ConvolutionStyle.Layout;
import dev.darkroom.bench.engine.Fidelity;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.store.CheckpointLoader;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every checkpoint of the store answers on a GPU, beside what it answers on the CPU in float32. */
@Tag("gpu")
class CheckpointsOnGpuTest {
    /** Of an answer that nothing rounds: only the order of sums differs. */
    private static final double EXACT_DECIBELS = 90;
    private static final double LEAST_DECIBELS = 50;
    private static final TileShape SHAPE = new TileShape(128, 192, 3, 1);

    @BeforeAll
    static void requireTheDevice() {
        Gpu.require();
    }

    private record Stored(CheckpointId id, Manifest manifest, Path file) implements AutoCloseable {
        @Override
        public void close() {
            // There is nothing behind it.
        }

        @Override
        public String toString() {
            return id.toString();
        }
    }

    static Stream<Stored> stored() {
        List<Stored> all = new ArrayList<>();
        try (var store = new ModelStore<>(Path.of("model-store"), (CheckpointLoader<Stored>) Stored::new)) {
            for (ModelEntry entry : store.reload()) {
                var exactly = new ModelRequest.Exactly(entry.id().loss(), entry.id().version());
                try (var lease = store.acquire(entry.id().task(), exactly)) {
                    all.add(lease.checkpoint());
                }
            }
        }
        assertThat(all).isNotEmpty();
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("stored")
    void answerAsOnTheCpuWhenNothingIsRounded(Stored stored) {
        var exactly = Optional.of(new ConvolutionStyle(Layout.CHANNELS_LAST, false));
        assertThat(decibels(stored, Precision.FLOAT32, exactly)).isGreaterThanOrEqualTo(EXACT_DECIBELS);
    }

    /** In float32 the engine rounds factors to 10 bits on tensor cores. */
    @ParameterizedTest
    @MethodSource("stored")
    void stayWithin50DecibelsOfTheCpuInEveryPrecision(Stored stored) {
        for (Precision precision : stored.manifest.precisions()) {
            assertThat(decibels(stored, precision, Optional.empty())).as(precision.toString()).isGreaterThanOrEqualTo(LEAST_DECIBELS);
        }
    }

    private static double decibels(Stored stored, Precision precision, Optional<ConvolutionStyle> style) {
        Manifest manifest = withSmallTiles(stored.manifest);
        float[] condition = new float[manifest.columns()];
        java.util.Arrays.fill(condition, 0.1f);
        var onGpu = new TorchScriptLoader(settings(Gpu.DEVICE, precision, 1));
        try (var reference = new TorchScriptLoader(settings("cpu", Precision.FLOAT32, 1)).load(stored.id, manifest, stored.file);
                var candidate = style.isPresent() ? style.get().load(onGpu, stored.id, manifest, stored.file)
                        : onGpu.load(stored.id, manifest, stored.file)) {
            return Fidelity.psnr(reference, candidate, picture(), SHAPE, condition);
        }
    }

    @Test
    void runOnTheDeviceThatIsNamedAndAreCountedThere() {
        Queue<String> ranOn = new ConcurrentLinkedQueue<>();
        var events = new InferenceEvents() {
            @Override
            public void batchRan(String device, int tiles, double fill, long pixels, Duration time) {
                ranOn.add(device);
            }
        };
        assertThat(restored(1, events)).isEqualTo(20);
        assertThat(ranOn).isNotEmpty().containsOnly(Gpu.DEVICE);
    }

    @Test
    void areSharedByTwoInstances() {
        assertThat(restored(2, InferenceEvents.NONE)).isEqualTo(20);
    }

    /** @return how many of twenty tiles came back brightened by one level */
    private static long restored(int instances, InferenceEvents events) {
        InferenceSettings settings = settings(Gpu.DEVICE, Precision.FLOAT32, instances);
        Manifest manifest = TestCheckpoints.manifest(TestCheckpoints.ID, TestCheckpoints.file("brighten"), TestCheckpoints.UNIT, 0.75f);
        try (var checkpoint = new TorchScriptLoader(settings).load(TestCheckpoints.ID, manifest, TestCheckpoints.file("brighten"));
                var engine = new InferenceEngine(settings, events, BatchingEvents.NONE, DeviceHook.none())) {
            assertThat(checkpoint.device()).startsWith(Gpu.DEVICE + " ");
            assertThat(engine.devices()).hasSize(instances).allSatisfy(device -> assertThat(device.device()).isEqualTo(Gpu.DEVICE));
            List<SampleTile> tiles = Stream.iterate(0, i -> i + 1).limit(20).map(i -> SampleTile.gray(16, i, 1 / 255f)).toList();
            tiles.stream().map(tile -> engine.submit(checkpoint, List.of(tile), Deadline.in(Duration.ofDays(1)))).toList()
                    .forEach(request -> request.released().thenCompose(idle -> request.completion()).toCompletableFuture().join());
            return Stream.iterate(0, i -> i + 1).limit(20).filter(i -> tiles.get(i).restored[0] == i + 1).count();
        }
    }

    private static InferenceSettings settings(String device, Precision precision, int instances) {
        return new InferenceSettings(device, Optional.of(precision), 0, instances, 1 << 20, Duration.ofMillis(250), Duration.ZERO);
    }

    /** So that loading, which times every size, is quick. */
    private static Manifest withSmallTiles(Manifest m) {
        return new Manifest(m.task(), m.loss(), m.version(), m.architecture(), m.parameters(), m.sha256(), m.channels(), m.range(), m.scale(),
                m.condition(), m.sizeMultiple(), m.receptiveFieldRadius(), List.of(64), m.precisions(), m.training(), m.evaluation(), m.selfTest(), m.licence());
    }

    /** A gradient under noise. */
    private static ByteBuffer picture() {
        var random = new Random(1);
        var samples = ByteBuffer.allocateDirect(SHAPE.bytes());
        for (int i = 0; i < SHAPE.bytes(); i++) {
            double value = 40 + 150.0 * i / SHAPE.bytes() + 20 * random.nextGaussian();
            samples.put((byte) Math.max(0, Math.min(255, value)));
        }
        return samples;
    }
}
