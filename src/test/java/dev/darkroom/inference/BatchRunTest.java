package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.inference.checkpoint.TileShape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchRunTest {
    private static final TileShape PIXEL = new TileShape(1, 1, 3, 1);

    private final BatchRun run = TestCheckpoints.batchRun();

    @Test
    void givesEachTileItsOwnResultUnderItsOwnCondition() {
        try (var brighten = TestCheckpoints.load("brighten")) {
            var tiles = IntStream.range(0, 5).mapToObj(i -> new SampleTile(PIXEL, 10 * i / 255f, 1, i, 20 + i, 250)).toList();

            TestCheckpoints.run(run, new TileKey(brighten, PIXEL), tiles);

            for (int i = 0; i < 5; i++) {
                assertThat(tiles.get(i).restored).containsExactly(11 * i, 20 + 11 * i, Math.min(255, 250 + 10 * i));
            }
        }
    }

    @Test
    void blendsInputAndAnswerByTheStrengthOfEachTile() {
        try (var brighten = TestCheckpoints.load("brighten")) {
            var keeps = new SampleTile(PIXEL, 100 / 255f, 0, 10, 20, 30);
            var halves = new SampleTile(PIXEL, 100 / 255f, 0.5f, 10, 20, 30);
            var takes = new SampleTile(PIXEL, 100 / 255f, 1, 10, 20, 30);

            TestCheckpoints.run(run, new TileKey(brighten, PIXEL), List.of(keeps, halves, takes));

            assertThat(keeps.restored).containsExactly(10, 20, 30);
            assertThat(halves.restored).containsExactly(60, 70, 80);
            assertThat(takes.restored).containsExactly(110, 120, 130);
        }
    }

    @Test
    void givesEachTileItsEnlargement() {
        var shape = new TileShape(1, 2, 1, 2);
        try (var doubles = TestCheckpoints.loadDoubles()) {
            var first = new SampleTile(shape, Float.NaN, 1, 1000, 65535);
            var second = new SampleTile(shape, Float.NaN, 1, 0, 7);

            TestCheckpoints.run(run, new TileKey(doubles, shape), List.of(first, second));

            assertThat(first.restored).containsExactly(1000, 1000, 65535, 65535, 1000, 1000, 65535, 65535);
            assertThat(second.restored).containsExactly(0, 0, 7, 7, 0, 0, 7, 7);
        }
    }

    @Test
    void runsSmallBatchesAfterLargeOnes() {
        try (var brighten = TestCheckpoints.load("brighten")) {
            for (int side : new int[] {1, 9, 3}) {
                var tile = SampleTile.gray(side, 40, 2 / 255f);

                TestCheckpoints.run(run, new TileKey(brighten, tile.shape()), List.of(tile));

                assertThat(tile.restored).hasSize(side * side).containsOnly(42);
            }
        }
    }

    @Test
    void writesNoTileWhenTheNetworkFails() {
        try (var failing = TestCheckpoints.load("fails-on-bright")) {
            var sound = SampleTile.gray(2, 10, 0);
            var culprit = SampleTile.gray(2, 255, 0);

            assertThatThrownBy(() -> TestCheckpoints.run(run, new TileKey(failing, sound.shape()), List.of(sound, culprit)))
                    .hasMessageContaining("too bright");

            assertThat(sound.restored).isNull();
        }
    }
}
