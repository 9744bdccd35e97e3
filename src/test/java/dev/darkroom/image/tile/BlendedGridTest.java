package dev.darkroom.image.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BlendedGridTest {
    private static final int RUNS = 300;

    private interface Check {
        void on(BlendedGrid grid, int width, int height);
    }

    private static void forRandomSizes(Check check) {
        var random = new Random(9);
        for (int run = 0; run < RUNS; run++) {
            boolean oneSize = random.nextBoolean();
            int multiple = 1 << random.nextInt(4);
            int quantum = multiple * (1 + random.nextInt(3));
            int side = multiple * (random.nextInt(12) + Math.max(2 * quantum / multiple, 4));
            int margin = random.nextInt((side - 1) / 2 - multiple + 1);
            check.on(new BlendedGrid(side, margin, oneSize ? side : multiple, quantum), 1 + random.nextInt(200), 1 + random.nextInt(200));
        }
    }

    @Test
    void weighsEachPixelOnceInAllHoweverEnlarged() {
        forRandomSizes((grid, width, height) -> {
            for (int scale : new int[] {1, 3}) {
                double[] weights = new double[width * scale * height * scale];
                for (Tile tile : grid.tiles(width, height)) {
                    Region core = tile.core();
                    float[] columns = tile.columns().weights(core.x(), core.width(), scale);
                    float[] rows = tile.rows().weights(core.y(), core.height(), scale);
                    for (int y = 0; y < rows.length; y++) {
                        for (int x = 0; x < columns.length; x++) {
                            weights[(core.y() * scale + y) * width * scale + core.x() * scale + x] += rows[y] * columns[x];
                        }
                    }
                }
                assertThat(DoubleStream.of(weights).map(weight -> Math.abs(weight - 1)).max().orElseThrow()).isLessThan(1e-5);
            }
        });
    }

    @Test
    void readsInputsThatTheNetworkTakesAndNoFartherThanTheMirroredPicture() {
        forRandomSizes((grid, width, height) -> {
            for (Tile tile : grid.tiles(width, height)) {
                Region input = tile.input();
                assertThat(input.width() % grid.sizeMultiple()).isZero();
                assertThat(input.height() % grid.sizeMultiple()).isZero();
                assertThat(input.x() < width && input.y() < height && input.x() >= 0 && input.y() >= 0).isTrue();
                assertThat(input.right()).isLessThan(width + Math.max(grid.quantum(), grid.side()));
                assertThat(input.contains(tile.core())).isTrue();
                boolean wide = width > grid.side() && grid.sizeMultiple() == grid.side();
                assertThat(wide && input.right() > width).as("mirrors a side that is long enough").isFalse();
            }
        });
    }

    /** A weight that jumps is a seam. */
    @Test
    void countsNothingAtAnEdgeInsideThePicture() {
        var grid = new BlendedGrid(64, 8, 64, 64);
        for (Tile tile : grid.tiles(150, 64)) {
            float[] weights = tile.columns().weights(tile.core().x(), tile.core().width(), 1);
            assertThat(weights[0]).isLessThan(tile.input().x() == 0 ? 1.1f : 0.01f);
            for (int i = 1; i < weights.length; i++) {
                assertThat(Math.abs(weights[i] - weights[i - 1])).isLessThan(0.1f);
            }
        }
    }

    @Test
    void overlapsByTwiceTheMarginAndTakesNoTileMoreThanThat() {
        var grid = new BlendedGrid(64, 8, 64, 64);
        assertThat(grid.tiles(64, 10)).hasSize(1).noneMatch(Tile::isShared);
        assertThat(grid.tiles(64 + 48, 10)).hasSize(2).allMatch(Tile::isShared);
        assertThat(grid.tiles(64 + 49, 10)).hasSize(3);
    }

    @Test
    void refusesTilesThatCannotOverlapSo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlendedGrid(64, 32, 64, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlendedGrid(64, 8, 48, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlendedGrid(64, 8, 16, 64));
    }
}
