package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.file.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BayerPatternTest {

    @ParameterizedTest
    @EnumSource(BayerPattern.class)
    void becomesRggbWithItsLeadingColumnsAndRows(BayerPattern pattern) {
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 2; x++) {
                assertThat(colour(pattern, x, y)).isEqualTo(colour(BayerPattern.RGGB, x + pattern.leadingColumns(), y + pattern.leadingRows()));
            }
        }
    }

    /** Every position of the upright mosaic has the colour of the stored position that went there. */
    @ParameterizedTest
    @CsvSource({"8, 6", "9, 6", "8, 7", "9, 7", "2, 3"})
    void turnsWithItsMosaic(int width, int height) {
        for (var pattern : BayerPattern.values()) {
            for (var orientation : Orientation.values()) {
                BayerPattern upright = pattern.upright(orientation, width, height);
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int right = width - 1 - x;
                        int bottom = height - 1 - y;
                        int column = switch (orientation) {
                            case NONE, FLIP_VERTICALLY -> x;
                            case FLIP_HORIZONTALLY, ROTATE_180 -> right;
                            case TRANSPOSE, ROTATE_90_COUNTERCLOCKWISE -> y;
                            case ROTATE_90_CLOCKWISE, TRANSVERSE -> bottom;
                        };
                        int row = switch (orientation) {
                            case NONE, FLIP_HORIZONTALLY -> y;
                            case ROTATE_180, FLIP_VERTICALLY -> bottom;
                            case TRANSPOSE, ROTATE_90_CLOCKWISE -> x;
                            case TRANSVERSE, ROTATE_90_COUNTERCLOCKWISE -> right;
                        };
                        assertThat(colour(upright, column, row)).as("%s %s", pattern, orientation).isEqualTo(colour(pattern, x, y));
                    }
                }
            }
        }
    }

    @Test
    void isCalledByItsNameInAnyCase() {
        assertThat(BayerPattern.named("gRbG")).contains(BayerPattern.GRBG);
        assertThat(BayerPattern.named("xtrans")).isEmpty();
    }

    private static char colour(BayerPattern pattern, int x, int y) {
        return pattern.name().charAt(y % 2 * 2 + x % 2);
    }
}
