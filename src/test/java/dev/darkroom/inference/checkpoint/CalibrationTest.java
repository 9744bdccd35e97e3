package dev.darkroom.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.darkroom.inference.TestCheckpoints;
import dev.darkroom.inference.checkpoint.Calibration.Point;
import dev.darkroom.inference.device.Processor;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    /** As on a GPU: small tiles gain much from sharing a batch, large ones nothing. */
    private static final Calibration CALIBRATION = new Calibration("cuda:0 float16", List.of(
            new Point(64, 1, 1), new Point(64, 2, 1), new Point(64, 4, 1.2), new Point(64, 8, 2.39),
            new Point(256, 1, 4), new Point(256, 2, 7.9)));

    @TempDir
    Path folder;

    @Test
    void recommendsTheSmallestBatchThatIsAsFastAsItGets() {
        assertThat(CALIBRATION.tiles(square(64))).isEqualTo(4);
        assertThat(CALIBRATION.tiles(square(256))).isOne();
        assertThat(CALIBRATION.tiles(square(512))).isOne();
    }

    @Test
    void fitsSmallerTilesIntoTheSamePixels() {
        assertThat(CALIBRATION.tiles(new TileShape(32, 64, 3, 1))).isEqualTo(8);
        assertThat(CALIBRATION.tiles(square(128))).isEqualTo(4);
    }

    @Test
    void interpolatesTheTimeOfATileBetweenItsNeighbours() {
        assertThat(CALIBRATION.nanosPerTile(square(64))).isEqualTo(300_000);
        assertThat(CALIBRATION.nanosPerTile(square(256))).isEqualTo(4_000_000);
        assertThat(CALIBRATION.nanosPerTile(new TileShape(136, 256, 3, 1))).isEqualTo(2_150_000); // half way in pixels
        assertThat(CALIBRATION.nanosPerTile(square(512))).isEqualTo(16_000_000);
        assertThat(CALIBRATION.nanosPerTile(square(8))).isEqualTo(300_000); // a run has its price, however small
    }

    /** A tile alone takes as long as a batch of four: that is no slowdown. */
    @Test
    void knowsHowLongABatchTakesThatIsNotFull() {
        assertThat(CALIBRATION.nanosOfBatch(square(64), 1)).isEqualTo(1_000_000);
        assertThat(CALIBRATION.nanosOfBatch(square(64), 3)).isEqualTo(1_100_000);
        assertThat(CALIBRATION.nanosOfBatch(square(64), 4)).isEqualTo(1_200_000);
        assertThat(CALIBRATION.nanosOfBatch(square(64), 16)).isEqualTo(4_780_000);
        assertThat(CALIBRATION.nanosOfBatch(square(256), 1)).isEqualTo(4_000_000);
        assertThat(CALIBRATION.nanosOfBatch(new TileShape(136, 256, 3, 1), 1)).isEqualTo(2_500_000); // half way in pixels
        assertThat(CALIBRATION.nanosOfBatch(square(512), 1)).isEqualTo(16_000_000);
        assertThat(CALIBRATION.nanosOfBatch(square(32), 8)).isEqualTo(1_000_000); // as two of 64 pixels
    }

    @Test
    @Timeout(60)
    void isMeasuredWhenNobodyElseIsOnTheDevice() throws Exception {
        Path model = Files.copy(TestCheckpoints.file("brighten"), folder.resolve("model.pt"));
        var manifest = TestCheckpoints.manifest(TestCheckpoints.ID, model, TestCheckpoints.UNIT, 0.75f);
        var turns = new Turns();
        var device = (ReentrantLock) turns.of("cpu");
        device.lock();
        var loading = CompletableFuture.supplyAsync(() -> new TorchScriptLoader(TestCheckpoints.FLOAT32, turns).load(TestCheckpoints.ID, manifest, model));
        try {
            while (!device.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
            assertThat(loading).isNotDone();
        } finally {
            device.unlock();
        }
        loading.get().close();
    }

    @Test
    void isMeasuredOnTheDeviceAndKeptBesideTheModel() throws Exception {
        Path model = Files.copy(TestCheckpoints.file("brighten"), folder.resolve("model.pt"));
        var manifest = TestCheckpoints.manifest(TestCheckpoints.ID, model, TestCheckpoints.UNIT, 0.75f);
        Calibration measured;
        try (var checkpoint = new TorchScriptLoader(TestCheckpoints.FLOAT32).load(TestCheckpoints.ID, manifest, model)) {
            measured = checkpoint.calibration();
        }

        var kept = new CalibrationFile(model, manifest.sha256(), "cpu float32, 1 threads", Processor.description(), "tiles [8], batches of 1048576 pixels and 250 ms");
        assertThat(measured.device()).isEqualTo("cpu float32, 1 threads");
        assertThat(measured.points()).isNotEmpty().allMatch(point -> point.side() == 8 && point.milliseconds() > 0);
        assertThat(kept.read()).contains(new CalibrationFile.Measured(Precision.FLOAT32, measured));
        try (var again = new TorchScriptLoader(TestCheckpoints.FLOAT32).load(TestCheckpoints.ID, manifest, model)) {
            assertThat(again.calibration()).isEqualTo(measured);
        }
    }

    @Test
    void isMeasuredAgainForOtherWeightsOnOtherDevicesOrAfterDamage() throws Exception {
        Path model = folder.resolve("model.pt");
        var measured = new CalibrationFile.Measured(Precision.BFLOAT16, CALIBRATION);
        new CalibrationFile(model, "a", "cpu", "A", "U").write(measured);
        assertThat(new CalibrationFile(model, "a", "cpu", "A", "U").read()).contains(measured);

        assertThat(new CalibrationFile(model, "b", "cpu", "A", "U").read()).isEmpty();
        assertThat(new CalibrationFile(model, "a", "cuda:0", "A", "U").read()).isEmpty();
        assertThat(new CalibrationFile(model, "a", "cpu", "B", "U").read()).as("another processor under the same name").isEmpty();
        assertThat(new CalibrationFile(model, "a", "cpu", "A", "V").read()).as("batches of another size").isEmpty();
        for (String damaged : List.of("", "{", "{\"sha256\":\"a\"}", "[]", "null")) {
            Files.writeString(folder.resolve("calibration-cpu.json"), damaged);
            assertThat(new CalibrationFile(model, "a", "cpu", "A", "U").read()).as(damaged).isEmpty();
        }
    }

    /** Of 256 x 256 pixels one tile fits into the memory, of 512 x 512 none. */
    @Test
    void measuresWhatFitsIntoTheMemory() {
        BatchTimer timer = (replica, side, tiles) -> {
            if (tiles * side > 256) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
            }
            return new Point(side, tiles, 1);
        };
        try (var checkpoint = TestCheckpoints.load("brighten")) {
            Calibration measured = new Calibrator(InferenceSettings.on("cpu", Optional.empty()), timer).measure(checkpoint.first(), List.of(64, 256, 512));

            assertThat(measured.points()).containsExactly(new Point(64, 1, 1), new Point(64, 2, 1), new Point(64, 4, 1), new Point(256, 1, 1));
        }
    }

    /** At a start beside others who have the memory. */
    @Test
    void holdsWhereThereIsNoMemoryToLookAgain() {
        BatchTimer full = (replica, side, tiles) -> {
            throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
        };
        try (var checkpoint = TestCheckpoints.load("brighten")) {
            assertThat(new Calibrator(InferenceSettings.on("cpu", Optional.empty()), full).stillHolds(checkpoint.first())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 512", "262143, 256", "100, 128"})
    void leavesOutTilesThatAreMoreThanABatchMayHaveSaveTheSmallest(long batchPixels, int largest) throws IOException {
        BatchTimer flat = (replica, side, tiles) -> new Point(side, tiles, 1e-3 * side * side * tiles);
        var settings = new InferenceSettings("cpu", Optional.of(Precision.FLOAT32), 0, 1, batchPixels, Duration.ofMillis(250), Duration.ZERO);
        Path stored = Path.of("src/test/resources/dev/darkroom/enhance/store/dejpeg/baseline/1");
        var id = new CheckpointId(Task.DEJPEG, "baseline", 1);
        Path file = Files.writeString(folder.resolve("manifest.json"),
                Files.readString(stored.resolve("manifest.json")).replaceFirst("\"tiles\": \\[[^]]*]", "\"tiles\": [128, 256, 512]"));
        try (var checkpoint = new TorchScriptLoader(settings).load(id, Manifest.read(id, file), stored.resolve("model.pt"))) {
            assertThat(new Calibrator(settings, flat).measure(checkpoint.first()).sides().max()).hasValue(largest);
            assertThat(checkpoint.sides()).last().isEqualTo(largest);
        }
    }

    @Test
    void fillsInWhatLiesBetweenTilesThatTakeAsLongForEachPixel() {
        Calibration ends = new Calibration("cpu", List.of(new Point(64, 1, 5), new Point(256, 1, 50), new Point(256, 2, 90), new Point(768, 1, 450)));

        Calibration filled = ends.filled(List.of(64, 256, 512, 768));

        assertThat(filled.points()).hasSize(5).containsAll(ends.points());
        assertThat(filled.milliseconds(512)).isEqualTo(200);
        assertThat(filled.tiles(square(512))).isEqualTo(1);
    }

    /** One that was measured in company is not passed on to the next start, nor to other checkpoints of the network. */
    @ParameterizedTest
    @CsvSource({"10, true", "15, true", "7, true", "6, false", "1, false"})
    void holdsAsLongAsTheDeviceIsNotMuchFaster(double milliseconds, boolean holds) {
        BatchTimer timer = (replica, side, tiles) -> new Point(side, tiles, milliseconds);
        try (var checkpoint = TestCheckpoints.load("brighten")) {
            var measured = checkpoint.first().withCalibration(new Calibration("cpu", List.of(new Point(8, 1, 10))));

            assertThat(new Calibrator(InferenceSettings.on("cpu", Optional.empty()), timer).stillHolds(measured)).isEqualTo(holds);
        }
    }

    /** A second a megapixel, but for one run that had company. */
    @Test
    void timesALongBatchAgainThatTookLongerThanSmallerOnesLetExpect() {
        List<Integer> timed = new ArrayList<>();
        BatchTimer timer = (replica, side, tiles) -> {
            timed.add(side);
            boolean company = side == 1024 && !timed.subList(0, timed.size() - 1).contains(side);
            return new Point(side, tiles, side * side * tiles / 1e3 * (company ? 1.5 : 1));
        };
        try (var checkpoint = TestCheckpoints.load("brighten")) {
            Calibration measured = new Calibrator(InferenceSettings.on("cpu", Optional.empty()), timer).measure(checkpoint.first(), List.of(768, 1024, 1280));

            assertThat(measured.milliseconds(1024)).isEqualTo(1024 * 1024 / 1e3);
            assertThat(timed).containsExactly(768, 1024, 1024, 1280);
        }
    }

    private static TileShape square(int side) {
        return new TileShape(side, side, 3, 1);
    }
}
