package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.checkpoint.Calibration;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.MadeUpCalibration;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A network that looks three pixels far, of which one was found to be enough. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TilePlanTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/darkroom/enhance/store/dejpeg/baseline/1");
    private static final CheckpointId ID = new CheckpointId(Task.DEJPEG, "baseline", 1);
    private static final EnhanceRequest REQUEST = EnhanceRequest.of(Task.DEJPEG);

    private TorchScriptCheckpoint checkpoint;

    @BeforeAll
    void load() {
        Manifest manifest = Manifest.read(ID, FOLDER.resolve("manifest.json")).with(new Manifest.Halo(1, 0.2));
        checkpoint = new TorchScriptLoader(InferenceSettings.on("cpu", Optional.of(Precision.FLOAT32))).load(ID, manifest, FOLDER.resolve("model.pt"));
    }

    @AfterAll
    void close() {
        checkpoint.close();
    }

    @Test
    void seesAsFarAsWasFoundToBeEnough() {
        assertThat(leastSeen(Halo.MEASURED)).isEqualTo(1);
    }

    @Test
    void seesAsFarAsTheNetworkLooksWhereItHasToBeExact() {
        assertThat(leastSeen(Halo.EXACT)).isEqualTo(3);
    }

    /** To the right of a core that is not at the picture's edge. */
    private int leastSeen(Halo halo) {
        List<Tile> tiles = TilePlan.of(checkpoint, halo, 700, 100).tiles();
        assertThat(tiles).hasSizeGreaterThan(1);
        return IntStream.range(0, tiles.size() - 1).map(i -> tiles.get(i).input().right() - tiles.get(i).core().right()).min().orElseThrow();
    }

    @Test
    void ofTilesWithinTwoPercentItTakesTheSmallest() {
        var even = MadeUpCalibration.on(checkpoint, new Calibration.Point(128, 1, 11), new Calibration.Point(256, 1, 40), new Calibration.Point(512, 1, 160));

        assertThat(largestSide(even)).isEqualTo(256);
    }

    @Test
    void largerTilesAreTakenWhereTheySaveMore() {
        var largeIsFaster = MadeUpCalibration.on(checkpoint, new Calibration.Point(128, 1, 10), new Calibration.Point(256, 1, 40), new Calibration.Point(512, 1, 155));

        assertThat(largestSide(largeIsFaster)).isGreaterThan(256);
    }

    /** Of a square that 16 tiles of 256 pixels a side, or 8 of 512, just cover. */
    private static int largestSide(TorchScriptCheckpoint timed) {
        return TilePlan.of(timed, Halo.MEASURED, 4064, 4064).tiles().stream().mapToInt(tile -> Math.max(tile.input().width(), tile.input().height())).max().orElseThrow();
    }

    @Test
    void aPictureThatDoesNotFillABatchSharesItsTilesShapeWithOthers() {
        var gpu = MadeUpCalibration.on(checkpoint, new Calibration.Point(256, 1, 10), new Calibration.Point(256, 8, 20));

        assertThat(inputWidths(gpu, 400, 100)).containsExactly(256, 256);
    }

    @Test
    void whereTilesRunOneByOneTheyFitThePicture() {
        var cpu = MadeUpCalibration.on(checkpoint, new Calibration.Point(256, 1, 10));

        assertThat(inputWidths(cpu, 400, 100)).containsExactly(240, 240);
    }

    private static List<Integer> inputWidths(TorchScriptCheckpoint timed, int width, int height) {
        return TilePlan.of(timed, Halo.MEASURED, width, height).tiles().stream().map(tile -> tile.input().width()).toList();
    }

    @Test
    void isExactForDeepPicturesAndWhereTheSettingSaysSo() {
        EnhanceSettings measured = EnhanceSettings.defaults();
        var exact = new EnhanceSettings(measured.limits(), measured.capacity(), measured.timeout(), 1, 0, Halo.EXACT);

        assertThat(Order.of(png(8), REQUEST, measured).halo()).isEqualTo(Halo.MEASURED);
        assertThat(Order.of(png(16), REQUEST, measured).halo()).isEqualTo(Halo.EXACT);
        assertThat(Order.of(png(8), REQUEST, exact).halo()).isEqualTo(Halo.EXACT);
    }

    private static ByteBuffer png(int bits) {
        try (var photo = new Photo(Raster.allocate(9, 9, 3, bits), Optional.empty(), Metadata.NONE);
                EncodedImage file = new ImageEncoder().encode(photo, EncodeOptions.of(ImageFormat.PNG))) {
            return ByteBuffer.wrap(file.bytes());
        }
    }
}
