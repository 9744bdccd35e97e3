package dev.darkroom.image;

import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationTest {

    record Turn(ImageFormat format, int bits, boolean alpha, int exif) {
    }

    static List<Turn> turns() {
        var turns = new ArrayList<Turn>();
        for (int exif = 1; exif <= 8; exif++) {
            for (var format : ImageFormat.WRITTEN) {
                for (int bits = 8; bits <= (format.holds16Bit() ? 16 : 8); bits += 8) {
                    turns.add(new Turn(format, bits, false, exif));
                    if (format.holdsAlpha()) {
                        turns.add(new Turn(format, bits, true, exif));
                    }
                }
            }
        }
        return turns;
    }

    @ParameterizedTest
    @MethodSource("turns")
    void turnsThePictureUpright(Turn turn) {
        byte[] plain = CameraFiles.oriented(Pictures.photo(21, 13, 3, turn.bits(), turn.alpha()), turn.format(), 1);
        byte[] turned = CameraFiles.oriented(Pictures.photo(21, 13, 3, turn.bits(), turn.alpha()), turn.format(), turn.exif());
        try (var stored = Pictures.decode(plain); var upright = Pictures.decode(turned)) {
            assertUpright(stored.pixels(), upright.pixels(), turn.exif());
            if (turn.alpha()) {
                assertUpright(stored.alpha().orElseThrow(), upright.alpha().orElseThrow(), turn.exif());
            }
            var header = Pictures.probe(turned);
            assertThat(header.uprightWidth()).isEqualTo(upright.pixels().width());
            assertThat(header.uprightHeight()).isEqualTo(upright.pixels().height());
        }
    }

    /** What the EXIF specification says the stored row 0 and column 0 are in the scene. */
    private static void assertUpright(Raster stored, Raster upright, int exif) {
        int width = stored.width();
        int height = stored.height();
        int channels = stored.channels();
        assertThat(upright.width()).isEqualTo(exif >= 5 ? height : width);
        var expected = new int[width * height * channels];
        int[] samples = samples(stored);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int right = width - 1 - column;
                int bottom = height - 1 - row;
                int x = switch (exif) { case 1, 4 -> column; case 2, 3 -> right; case 5, 8 -> row; default -> bottom; };
                int y = switch (exif) { case 1, 2 -> row; case 3, 4 -> bottom; case 5, 6 -> column; default -> right; };
                System.arraycopy(samples, (row * width + column) * channels,
                        expected, (y * upright.width() + x) * channels, channels);
            }
        }
        assertThat(samples(upright)).isEqualTo(expected);
    }
}
