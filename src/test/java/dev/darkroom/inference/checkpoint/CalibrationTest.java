package dev.darkroom.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.TestCheckpoints;
import dev.darkroom.inference.checkpoint.Calibration.Point;
import dev.darkroom.inference.device.Processor;
import dev.darkroom.model.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void isMeasuredOnTheDeviceAndKeptBesideTheModel() throws Exception {
        Path model = Files.copy(TestCheckpoints.file("brighten"), folder.resolve("model.pt"));
        var manifest = TestCheckpoints.manifest(TestCheckpoints.ID, model, TestCheckpoints.UNIT, 0.75f);
        Calibration measured;
        try (var checkpoint = new TorchScriptLoader(TestCheckpoints.FLOAT32).load(TestCheckpoints.ID, manifest, model)) {
            measured = checkpoint.calibration();
        }

        var kept = new CalibrationFile(model, manifest.sha256(), "cpu float32, 1 threads", Processor.description());
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
        new CalibrationFile(model, "a", "cpu", "A").write(measured);
        assertThat(new CalibrationFile(model, "a", "cpu", "A").read()).contains(measured);

        assertThat(new CalibrationFile(model, "b", "cpu", "A").read()).isEmpty();
        assertThat(new CalibrationFile(model, "a", "cuda:0", "A").read()).isEmpty();
        assertThat(new CalibrationFile(model, "a", "cpu", "B").read()).as("another processor under the same name").isEmpty();
        for (String damaged : List.of("", "{", "{\"sha256\":\"a\"}", "[]", "null")) {
            Files.writeString(folder.resolve("calibration-cpu.json"), damaged);
            assertThat(new CalibrationFile(model, "a", "cpu", "A").read()).as(damaged).isEmpty();
        }
    }

    private static TileShape square(int side) {
        return new TileShape(side, side, 3, 1);
    }
}
