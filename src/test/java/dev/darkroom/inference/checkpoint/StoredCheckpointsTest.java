package dev.darkroom.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.image.tile.Region;
import dev.darkroom.image.tile.TileGrid;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.model.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold for every checkpoint that the model store in the tree brings along. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredCheckpointsTest {
    private static final Path STORE = Path.of("model-store");
    private static final int QUANTUM = 64;
    /** A tenth of what is promised: influence fades so fast that a halo a third too narrow would pass for the whole. */
    private static final float TOLERANCE = 1e-5f;

    private ModelStore<TorchScriptCheckpoint> store;
    private List<ModelEntry> entries;

    @BeforeAll
    void load() {
        assumeTrue(Files.isDirectory(STORE.resolve("denoise")), "the store has no checkpoints yet");
        store = new ModelStore<>(STORE, new TorchScriptLoader(InferenceSettings.on("cpu", Optional.of(Precision.FLOAT32))));
        entries = store.reload();
    }

    @AfterAll
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void areReadyToServe() {
        assertThat(entries).isNotEmpty().allSatisfy(entry -> assertThat(entry.state()).isInstanceOf(ModelState.Ready.class));
    }

    @Test
    void answerASinglePixel() {
        forEach(entries, checkpoint -> tiledEqualsWhole(checkpoint, 1, 1));
    }

    /** How far a network looks is its architecture's, whatever its weights. */
    @ParameterizedTest
    @CsvSource({"7, 300", "300, 7", "261, 200", "899, 40", "40, 931"})
    void tiledEqualsWholeForOneCheckpointOfEachArchitecture(int width, int height) {
        Set<String> seen = new HashSet<>();
        List<ModelEntry> oneOfEach = singlePasses().stream().filter(entry -> seen.add(entry.manifest().architecture())).toList();
        forEach(oneOfEach, checkpoint -> tiledEqualsWhole(checkpoint, width, height));
    }

    @Test
    void anEnsembleTreatsAPictureAlikeHoweverItIsTurned() {
        List<ModelEntry> ensembles = entries.stream().filter(StoredCheckpointsTest::isEnsemble).toList();
        assertThat(ensembles).isNotEmpty();
        forEach(ensembles, checkpoint -> {
            try (NDManager scratch = checkpoint.newManager()) {
                NDArray x = mirrored(scratch, checkpoint.manifest(), 24, 17);
                for (UnaryOperator<NDArray> turn : List.<UnaryOperator<NDArray>>of(y -> y.flip(3), y -> y.flip(2), y -> y.transpose(0, 1, 3, 2))) {
                    NDArray difference = forward(checkpoint, turn.apply(x)).sub(turn.apply(forward(checkpoint, x)));
                    assertThat(difference.abs().max().getFloat()).isLessThanOrEqualTo(TOLERANCE);
                }
            }
        });
    }

    /** With the smallest tiles, which have the most borders. */
    private static void tiledEqualsWhole(TorchScriptCheckpoint checkpoint, int width, int height) {
        Manifest manifest = checkpoint.manifest();
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray reference = mirrored(scratch, manifest, width, height);
            NDArray whole = forward(checkpoint, reference);
            int side = Collections.min(manifest.tiles());
            var grid = new TileGrid(side, manifest.receptiveFieldRadius(), manifest.sizeMultiple(), QUANTUM);
            for (var tile : grid.tiles(width, height)) {
                NDArray restored = forward(checkpoint, cut(reference, tile.input()));
                Region core = tile.core().scaled(manifest.scale());
                NDArray kept = cut(restored, core.relativeTo(tile.input().scaled(manifest.scale())));
                assertThat(kept.sub(cut(whole, core)).abs().max().getFloat())
                        .as("%s, tiles of %d, %s", checkpoint.id(), side, tile).isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    /** On a small picture: a processor without such units takes a minute for what float32 does in a second. */
    @Test
    void stayWithin50DecibelsInReducedPrecision() {
        forEach(singlePasses(), checkpoint -> {
            try (NDManager scratch = checkpoint.newManager()) {
                NDArray x = mirrored(scratch, checkpoint.manifest(), 64, 64);
                NDArray expected = forward(checkpoint, x);
                for (Precision precision : checkpoint.manifest().precisions()) {
                    double error = forward(checkpoint.first().in(precision), x).sub(expected).square().mean().getFloat();
                    assertThat(-10 * Math.log10(error)).as("%s in %s", checkpoint.id(), precision).isGreaterThanOrEqualTo(50);
                }
            }
        });
    }

    /** Without the ensembles, which would take as long as all the others together to show what their networks show. */
    private List<ModelEntry> singlePasses() {
        return entries.stream().filter(entry -> !isEnsemble(entry)).toList();
    }

    private static boolean isEnsemble(ModelEntry entry) {
        return entry.id().loss().equals("ensemble");
    }

    private void forEach(List<ModelEntry> chosen, Consumer<TorchScriptCheckpoint> check) {
        for (ModelEntry entry : chosen) {
            var exactly = ModelRequest.parse(entry.id().loss() + "@" + entry.id().version());
            try (var lease = store.acquire(entry.id().task(), exactly)) {
                check.accept(lease.checkpoint());
            }
        }
    }

    private static NDArray forward(TorchScriptCheckpoint checkpoint, NDArray x) {
        return forward(checkpoint.first().in(Precision.FLOAT32), x);
    }

    private static NDArray forward(Replica checkpoint, NDArray x) {
        NDManager scratch = x.getManager();
        return checkpoint.forward(scratch, x, SelfTestRun.condition(scratch, checkpoint.manifest()));
    }

    /** A noisy gradient with its last columns and rows mirrored up to the reference's, in [0,1]. */
    private static NDArray mirrored(NDManager manager, Manifest manifest, int width, int height) {
        int paddedWidth = TileGrid.reference(width, manifest.sizeMultiple(), QUANTUM);
        int paddedHeight = TileGrid.reference(height, manifest.sizeMultiple(), QUANTUM);
        int channels = manifest.channels().in();
        var random = new Random(width * 1000L + height);
        float[] picture = new float[channels * height * width];
        IntStream.range(0, picture.length).forEach(i ->
                picture[i] = Math.min(1, Math.max(0, 0.2f + 0.6f * (i % width) / width + 0.1f * (float) random.nextGaussian())));
        float[] padded = new float[channels * paddedHeight * paddedWidth];
        for (int i = 0; i < padded.length; i++) {
            int x = mirror(i % paddedWidth, width);
            int y = mirror(i / paddedWidth % paddedHeight, height);
            padded[i] = picture[(i / paddedWidth / paddedHeight * height + y) * width + x];
        }
        return manager.create(padded, new Shape(1, channels, paddedHeight, paddedWidth));
    }

    /** ...cba|abc|cba..., as often as it takes. */
    private static int mirror(int index, int length) {
        int phase = index % (2 * length);
        return phase < length ? phase : 2 * length - 1 - phase;
    }

    private static NDArray cut(NDArray image, Region region) {
        return image.get(new NDIndex(":, :, {}:{}, {}:{}", region.y(), region.bottom(), region.x(), region.right()));
    }
}
