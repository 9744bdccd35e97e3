package dev.darkroom.estimate.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.tile.Region;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpaqueAreaTest {

    private interface Mask {
        boolean seen(int x, int y);
    }

    @Test
    void isTheLargestRectangleOfACutOut() {
        assertThat(of(200, 160, (x, y) -> x >= 30 && x < 150 && y >= 20 && y < 120)).contains(new Region(32, 32, 112, 80));
    }

    @Test
    void isNothingWhereEverythingIsSpeckled() {
        assertThat(of(128, 128, (x, y) -> x % 10 > 0)).isEmpty();
    }

    @Test
    void isTheLargerOfTwoParts() {
        assertThat(of(320, 64, (x, y) -> x < 96 || x >= 160)).contains(new Region(160, 0, 160, 64));
    }

    private static Optional<Region> of(int width, int height, Mask mask) {
        Picture alpha = new Picture(width, height, 1, 8, (x, y, columns, rows, to) -> {
            for (int i = 0; i < columns * rows; i++) {
                to.put((byte) (mask.seen(x + i % columns, y + i / columns) ? 255 : 0));
            }
        }, Optional.empty());
        return OpaqueArea.of(new Picture(width, height, 3, 8, (x, y, columns, rows, to) -> {}, Optional.of(alpha)));
    }
}
