package dev.darkroom.image.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.image.Pictures;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileGridTest {

    private static final int RUNS = 500;

    private interface Check {
        void on(TileGrid grid, int width, int height);
    }

    private static void forRandomSizes(Check check) {
        var random = new Random(7);
        for (int run = 0; run < RUNS; run++) {
            int multiple = 1 << random.nextInt(4);
            int radius = random.nextInt(20);
            int halo = (radius + multiple - 1) / multiple * multiple;
            int quantum = multiple * (1 + random.nextInt(4));
            int side = Math.max(2 * quantum, 2 * halo + multiple * (1 + random.nextInt(12)));
            var grid = new TileGrid(side, side + multiple * random.nextInt(3), radius, multiple, quantum);
            int width = 1 + random.nextInt(600);
            int height = 1 + random.nextInt(200);
            check.on(grid, width, height);
            check.on(grid.fittedTo(width, height), width, height);
        }
    }

    @Test
    void coversEachPixelWithExactlyOneCore() {
        forRandomSizes((grid, width, height) -> {
            var covered = new int[width * height];
            for (var tile : grid.tiles(width, height)) {
                for (int y = tile.core().y(); y < tile.core().bottom(); y++) {
                    for (int x = tile.core().x(); x < tile.core().right(); x++) {
                        covered[y * width + x]++;
                    }
                }
            }
            assertThat(covered).containsOnly(1);
        });
    }

    @Test
    void keepsCoresAHaloAwayFromInputEdgesThatAreNotTheReferencesOwn() {
        forRandomSizes((grid, width, height) -> {
            for (var tile : grid.tiles(width, height)) {
                var input = tile.input();
                var core = tile.core();
                assertThat(input.contains(core)).isTrue();
                assertThat(input.x() == 0 || core.x() - input.x() >= grid.reach()).isTrue();
                assertThat(input.y() == 0 || core.y() - input.y() >= grid.reach()).isTrue();
                assertThat(input.right() == padded(grid, width)
                        || input.right() - core.right() >= grid.reach()).isTrue();
                assertThat(input.bottom() == padded(grid, height)
                        || input.bottom() - core.bottom() >= grid.reach()).isTrue();
            }
        });
    }

    @Test
    void givesInputsOneShapeInsideTheReferenceAtAlignedPositions() {
        forRandomSizes((grid, width, height) -> {
            var reference = new Region(0, 0, padded(grid, width), padded(grid, height));
            for (var tile : grid.tiles(width, height)) {
                assertThat(reference.contains(tile.input())).isTrue();
                assertThat(tile.input().width()).isEqualTo(Math.min(grid.width(), reference.width()));
                assertThat(tile.input().height()).isEqualTo(Math.min(grid.height(), reference.height()));
                assertThat(tile.input().x() % grid.sizeMultiple()).isZero();
                assertThat(tile.input().y() % grid.sizeMultiple()).isZero();
            }
        });
    }

    /** The inner tiles can cover no more than their stride, and the two outer ones a halo more each. */
    @Test
    void usesAsFewTilesAsTheHaloAllows() {
        forRandomSizes((grid, width, height) -> {
            assertThat(grid.tiles(width, height)).hasSize(grid.count(width, height));
            assertThat(grid.count(width, height)).isEqualTo(fewest(grid, grid.width(), width) * fewest(grid, grid.height(), height));
        });
    }

    private static int fewest(TileGrid grid, int side, int length) {
        int padded = padded(grid, length);
        int count = 1;
        while (count * side - 2 * grid.halo() * (count - 1) < padded) {
            count++;
        }
        return count;
    }

    @Test
    void fitsTilesToThePictureWithoutMakingMoreOfThem() {
        forRandomSizes((grid, width, height) -> {
            TileGrid fitted = grid.fittedTo(width, height);
            assertThat(fitted.count(width, height)).isEqualTo(grid.count(width, height));
            assertThat(fitted.width()).isLessThanOrEqualTo(grid.width());
            assertThat(fitted.height()).isLessThanOrEqualTo(grid.height());
        });
    }

    /** 4032 columns and 3008 rows in 7 x 6 tiles of 640 would be 1.43 times the photograph's pixels. */
    @Test
    void computesAFourthMoreThanATwelveMegapixelPhotographHas() {
        TileGrid fitted = new TileGrid(640, 32, 4, 64).fittedTo(4000, 3000);

        assertThat(fitted.width()).isEqualTo(640);
        assertThat(fitted.height()).isEqualTo(560);
        assertThat(fitted.count(4000, 3000)).isEqualTo(42);
    }

    @Test
    void movesTheReferenceAgainstTheImageAndCutsItAlike() {
        forRandomSizes((grid, width, height) -> {
            int columns = width % 2;
            int rows = height % 3 % 2;
            var shifted = grid.tiles(width, height, columns, rows);
            var reference = grid.tiles(width + columns, height + rows);
            assertThat(shifted).hasSameSizeAs(reference);
            for (int i = 0; i < shifted.size(); i++) {
                var whole = reference.get(i);
                assertThat(shifted.get(i).input()).isEqualTo(moved(whole.input(), columns, rows));
                assertThat(shifted.get(i).core()).isEqualTo(moved(whole.core(), columns, rows).intersection(new Region(0, 0, width, height)));
            }
        });
    }

    private static Region moved(Region region, int columns, int rows) {
        return new Region(region.x() - columns, region.y() - rows, region.width(), region.height());
    }

    /** A box filter that takes zeros outside its input, as convolutions do, is the network here. */
    @Test
    void givesByTilesWhatTheWholeReferenceGives() {
        var random = new Random(3);
        for (int run = 0; run < 200; run++) {
            int multiple = 1 << random.nextInt(3);
            int radius = 1 + random.nextInt(4);
            int halo = (radius + multiple - 1) / multiple * multiple;
            int quantum = multiple * (1 + random.nextInt(4));
            int side = Math.max(2 * quantum, 2 * halo + multiple * (1 + random.nextInt(6)));
            var grid = new TileGrid(side, radius, multiple, quantum);
            int width = 1 + random.nextInt(60);
            int height = 1 + random.nextInt(60);
            try (var image = Pictures.smooth(width, height, 1, 8, run)) {
                var whole = new Region(0, 0, padded(grid, width), padded(grid, height));
                long[] expected = boxSums(Pictures.samples(image, whole), whole, radius);
                for (var tile : grid.tiles(width, height)) {
                    long[] sums = boxSums(Pictures.samples(image, tile.input()), tile.input(), radius);
                    var core = tile.core().relativeTo(tile.input());
                    for (int y = 0; y < core.height(); y++) {
                        for (int x = 0; x < core.width(); x++) {
                            assertThat(sums[(core.y() + y) * tile.input().width() + core.x() + x])
                                    .isEqualTo(expected[(tile.core().y() + y) * whole.width() + tile.core().x() + x]);
                        }
                    }
                }
            }
        }
    }

    private static long[] boxSums(int[] samples, Region size, int radius) {
        var sums = new long[samples.length];
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                for (int v = Math.max(0, y - radius); v <= Math.min(size.height() - 1, y + radius); v++) {
                    for (int u = Math.max(0, x - radius); u <= Math.min(size.width() - 1, x + radius); u++) {
                        sums[y * size.width() + x] += samples[v * size.width() + u];
                    }
                }
            }
        }
        return sums;
    }

    @ParameterizedTest
    @CsvSource({"1, 64", "64, 64", "65, 128", "867, 896", "896, 896", "897, 912", "1153, 1168", "1920, 1920"})
    void extendsSmallImagesToSharedSizesAndLargeOnesByAsLittleAsConvolutionsLike(int length, int reference) {
        assertThat(TileGrid.reference(length, 4, 64)).isEqualTo(reference);
    }

    @Test
    void extendsImagesToWhatTheNetworkTakesHoweverLarge() {
        assertThat(TileGrid.reference(1000, 32, 64)).isEqualTo(1024);
        assertThat(TileGrid.reference(1000, 64, 64)).isEqualTo(1024);
        assertThat(TileGrid.reference(1000, 1, 4)).isEqualTo(1000);
    }

    @Test
    void refusesTilesThatAreAllHaloOrNotAligned() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TileGrid(64, 29, 8, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> new TileGrid(60, 4, 8, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> new TileGrid(64, 4, 8, 12));
        assertThatIllegalArgumentException().isThrownBy(() -> new TileGrid(64, 4, 8, 40));
    }

    private static int padded(TileGrid grid, int length) {
        return TileGrid.reference(length, grid.sizeMultiple(), grid.quantum());
    }
}
