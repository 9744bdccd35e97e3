package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.tile.Region;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSizeTest {

    @ParameterizedTest
    @CsvSource({"400, , 400 x 300", ", 150, 200 x 150", "400, 150, 200 x 150", "400, 1000, 400 x 300", "800, 600, 800 x 600", "1, 1, 1 x 1"})
    void fitsInside(Integer width, Integer height, String size) {
        Framing framing = target(width, height, Fit.INSIDE).of(new Dimensions(800, 600));
        assertThat(framing.size()).hasToString(size);
        assertThat(framing.part()).isEqualTo(new Region(0, 0, 800, 600));
    }

    @ParameterizedTest
    @CsvSource({"801, ", ", 5000", "4000, 3000", "801, 601"})
    void leavesAPictureAsItIsThatHasRoom(Integer width, Integer height) {
        assertThat(target(width, height, Fit.INSIDE).of(new Dimensions(800, 600)).keeps(new Dimensions(800, 600))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"400, 400, 100, 0, 600, 600", "400, 100, 0, 200, 800, 200", "800, 600, 0, 0, 800, 600", "300, 600, 250, 0, 300, 600"})
    void coversWithItsMiddle(int width, int height, int x, int y, int across, int down) {
        Framing framing = target(width, height, Fit.COVER).of(new Dimensions(800, 600));
        assertThat(framing.part()).isEqualTo(new Region(x, y, across, down));
        assertThat(framing.size()).isEqualTo(new Dimensions(width, height));
    }

    @Test
    void fillsByStretching() {
        Framing framing = target(100, 600, Fit.FILL).of(new Dimensions(800, 600));
        assertThat(framing.part()).isEqualTo(new Region(0, 0, 800, 600));
        assertThat(framing.size()).isEqualTo(new Dimensions(100, 600));
    }

    @ParameterizedTest
    @CsvSource({"COVER, 801, 10", "COVER, 10, 601", "FILL, 801, 10", "FILL, 10, 601"})
    void refusesToEnlargeWhatHasToHaveExactlyThatSize(Fit fit, int width, int height) {
        assertThatThrownBy(() -> target(width, height, fit).of(new Dimensions(800, 600))).isInstanceOf(OutputException.class)
                .hasMessageContaining("800 x 600").hasMessageContaining(fit.toString()).hasMessageContaining("super-resolve");
    }

    @ParameterizedTest
    @CsvSource({"0, , INSIDE, width", ", -1, INSIDE, height", ", , INSIDE, fit", "5, , COVER, fit=cover", ", 5, FILL, fit=fill"})
    void refusesASizeThatIsNone(Integer width, Integer height, Fit fit, String named) {
        assertThatThrownBy(() -> target(width, height, fit)).isInstanceOf(OutputException.class).hasMessageContaining(named);
    }

    private static TargetSize target(Integer width, Integer height, Fit fit) {
        return new TargetSize(width == null ? OptionalInt.empty() : OptionalInt.of(width), height == null ? OptionalInt.empty() : OptionalInt.of(height), fit);
    }
}
