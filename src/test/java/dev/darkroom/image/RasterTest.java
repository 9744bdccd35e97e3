package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.image.tile.Mirroring;
import dev.darkroom.image.tile.Region;
import dev.darkroom.image.tile.TileGrid;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RasterTest {

    @ParameterizedTest
    @EnumSource(Mirroring.class)
    void readsAnyRegionAndMirrorsWhatItHoldsOfTheImage(Mirroring mirroring) {
        var random = new Random(1);
        for (int run = 0; run < 300; run++) {
            int channels = random.nextBoolean() ? 1 : 3;
            int bits = random.nextBoolean() ? 8 : 16;
            int width = 1 + random.nextInt(20);
            int height = 1 + random.nextInt(20);
            try (var raster = Pictures.smooth(width, height, channels, bits, run)) {
                int[] whole = Pictures.samples(raster);
                int x = random.nextInt(width + 10) - 10;
                int y = random.nextInt(height + 10) - 10;
                var region = new Region(x, y, 1 + Math.max(0, -x) + random.nextInt(30), 1 + Math.max(0, -y) + random.nextInt(30));
                var buffer = Pictures.buffer(raster.bytes(region));
                raster.read(region, mirroring, buffer);
                int[] part = Pictures.samples(buffer.flip(), bits);
                for (int i = 0; i < part.length; i++) {
                    int column = mirrored(mirroring, x + i / channels % region.width(), Math.max(0, x), Math.min(width, region.right()));
                    int row = mirrored(mirroring, y + i / channels / region.width(), Math.max(0, y), Math.min(height, region.bottom()));
                    assertThat(part[i]).isEqualTo(whole[(row * width + column) * channels + i % channels]);
                }
            }
        }
    }

    /** 2 1 0 | 0 1 2 | 2 1 0 or 2 1 | 0 1 2 | 1 0, as often as it takes. */
    private static int mirrored(Mirroring mirroring, int position, int from, int to) {
        int length = to - from;
        if (mirroring == Mirroring.WHOLE_SAMPLE) {
            int phase = length == 1 ? 0 : Math.floorMod(position - from, 2 * length - 2);
            return from + (phase < length ? phase : 2 * length - 2 - phase);
        }
        int phase = Math.floorMod(position - from, 2 * length);
        return from + (phase < length ? phase : 2 * length - 1 - phase);
    }

    /** A rectangle has no bicubic overshoot inside, and at its edges may have none beyond white. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void enlargesWithoutShiftAndClipsToItsRange(int bits) {
        int white = (1 << bits) - 1;
        try (var raster = Raster.allocate(8, 6, 1, bits)) {
            var rectangle = new Region(2, 0, 4, 6);
            var samples = Pictures.buffer(raster.bytes(rectangle));
            while (samples.hasRemaining()) {
                samples.put((byte) 0xff);
            }
            raster.write(rectangle, samples.flip(), rectangle);
            try (var enlarged = raster.enlarged(4)) {
                assertThat(enlarged.bounds()).isEqualTo(new Region(0, 0, 32, 24));
                assertThat(enlarged.bits()).isEqualTo(bits);
                int[] row = Pictures.samples(enlarged, new Region(0, 12, 32, 1));
                assertThat(Arrays.copyOfRange(row, 0, 4)).containsOnly(0);
                assertThat(Arrays.copyOfRange(row, 10, 22)).containsOnly(white);
                for (int x = 0; x < 16; x++) {
                    assertThat(row[x]).isEqualTo(row[31 - x]);
                }
            }
        }
    }

    @Test
    void putsAnImageTogetherFromTheCoresOfItsTiles() {
        var grid = new TileGrid(32, 5, 4, 8);
        for (int bits = 8; bits <= 16; bits += 8) {
            try (var from = Pictures.smooth(101, 67, 3, bits, 5); var to = Raster.allocate(101, 67, 3, bits)) {
                for (var tile : grid.tiles(101, 67)) {
                    var samples = Pictures.buffer(from.bytes(tile.input()));
                    from.read(tile.input(), samples);
                    to.write(tile.core(), samples.flip(), tile.input());
                }
                assertThat(Pictures.samples(to)).isEqualTo(Pictures.samples(from));
            }
        }
    }

    @Test
    void packsTilesOneAfterTheOtherIntoOneBuffer() {
        try (var raster = Pictures.smooth(16, 8, 3, 8, 5)) {
            var left = new Region(0, 0, 8, 8);
            var right = new Region(8, 0, 8, 8);
            var batch = Pictures.buffer(2 * raster.bytes(left));
            raster.read(left, batch);
            raster.read(right, batch);
            assertThat(batch.hasRemaining()).isFalse();
            try (var copy = Raster.allocate(16, 8, 3, 8)) {
                batch.flip();
                copy.write(left, batch, left);
                copy.write(right, batch, right);
                assertThat(Pictures.samples(copy)).isEqualTo(Pictures.samples(raster));
            }
        }
    }

    @Test
    void holds100MegapixelsInColour() {
        var farCorner = new Region(9_999, 9_999, 1, 1);
        try (var raster = Raster.allocate(10_000, 10_000, 3, 8)) {
            raster.write(farCorner, ByteBuffer.allocateDirect(3).put(0, new byte[] {1, 2, 3}), farCorner);
            assertThat(raster.bytes(raster.bounds())).isEqualTo(300_000_000);
            assertThat(Pictures.samples(raster, farCorner)).containsExactly(1, 2, 3);
            assertThat(Pictures.samples(raster, new Region(9_998, 9_999, 1, 1))).containsOnly(0);
        }
    }

    @Test
    void countsBytesBeyondTheRangeOfInt() {
        try (var raster = Raster.allocate(1, 1, 3, 16)) {
            assertThat(raster.bytes(new Region(0, 0, 30_000, 30_000))).isEqualTo(5_400_000_000L);
        }
    }

    @Test
    void refusesBuffersThatAreTooSmallOrOnTheHeap() {
        try (var raster = Raster.allocate(4, 4, 3, 16)) {
            assertThatIllegalArgumentException().isThrownBy(() -> raster.read(raster.bounds(), ByteBuffer.allocateDirect(95)));
            assertThatIllegalArgumentException().isThrownBy(() -> raster.read(raster.bounds(), ByteBuffer.allocate(96)));
        }
    }

    @Test
    void refusesRegionsOutsideTheImage() {
        try (var raster = Raster.allocate(4, 4, 1, 8)) {
            var beyond = new Region(4, 0, 2, 2);
            assertThatIllegalArgumentException().isThrownBy(() -> raster.read(beyond, ByteBuffer.allocateDirect(4)));
            assertThatIllegalArgumentException().isThrownBy(() -> raster.write(beyond, ByteBuffer.allocateDirect(4), beyond));
        }
    }

    @Test
    void givesAFailureInsteadOfFreedMemoryAfterClosing() {
        var raster = Raster.allocate(4, 4, 1, 8);
        raster.close();
        raster.close();
        assertThatIllegalStateException().isThrownBy(() -> raster.read(raster.bounds(), ByteBuffer.allocateDirect(16)));
    }
}
