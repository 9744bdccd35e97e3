package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.tile.BlendedGrid;
import dev.darkroom.image.tile.Region;
import dev.darkroom.image.tile.Tile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlendTest {
    private static final BlendedGrid GRID = new BlendedGrid(32, 5, 32, 64);

    /** What agrees comes back to the bit, in whatever order it comes. */
    @ParameterizedTest
    @CsvSource({"3, 8, 1", "1, 8, 2", "3, 16, 2", "1, 16, 1"})
    void putsTogetherWhatWasCutApart(int channels, int bits, int scale) {
        try (Raster whole = Pictures.smooth(83 * scale, 70 * scale, channels, bits, 4); Raster to = Raster.allocate(83 * scale, 70 * scale, channels, bits);
                var blend = new Blend(to, scale)) {
            List<Tile> tiles = new ArrayList<>(GRID.tiles(83, 70));
            Collections.shuffle(tiles, new Random(1));
            tiles.parallelStream().forEach(tile -> {
                Region input = tile.input().scaled(scale);
                ByteBuffer samples = ByteBuffer.allocateDirect((int) whole.bytes(input));
                whole.read(input, samples);
                blend.add(tile, samples.flip());
            });
            blend.finish();
            assertThat(Pictures.samples(to)).containsExactly(Pictures.samples(whole));
        }
    }
}
