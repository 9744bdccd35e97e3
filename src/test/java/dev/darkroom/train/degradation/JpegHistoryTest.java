package dev.darkroom.train.degradation;

import dev.darkroom.train.Scenes;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.LumaChroma;
import dev.darkroom.train.photo.Planes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;


class JpegHistoryTest {
    private static final Planes PICTURE = Scenes.photographs(1, 96, 96).get(0).whole();

    @Test
    void aFileLosesWhatItsCodecLoses() {
        assertThat(JpegHistory.one(40, Chroma.HALVED).applied(PICTURE).values()).isEqualTo(JpegUploads.through(PICTURE, 40, Chroma.HALVED).values());
    }

    @Test
    void aGridThatBeginsElsewhereHasItsBlocksThere() {
        Planes shown = new JpegHistory(List.of(new JpegHistory.File(10, Chroma.FULL, 3, 5))).applied(PICTURE);
        Planes inside = JpegUploads.through(PICTURE.cut(3, 5, 93, 91), 10, Chroma.FULL);

        assertThat(shown.cut(3, 5, 93, 91).values()).isEqualTo(inside.values());
    }

    @Test
    void theLayoutAloneTakesColourAndLeavesLuma() {
        JpegHistory files = JpegHistory.one(10, Chroma.HALVED);
        double luma = distance(LumaChroma.of(files.layout(PICTURE)).channel(0), LumaChroma.of(PICTURE).channel(0));

        assertThat(luma).isLessThan(0.2 * distance(LumaChroma.of(files.applied(PICTURE)).channel(0), LumaChroma.of(PICTURE).channel(0)));
    }

    @Test
    void onlyTheLastFileIsKnown() {
        for (int seed = 0; seed < 20; seed++) {
            JpegHistory files = JpegHistory.random(2, 60, new SplittableRandom(seed));

            assertThat(files.damage()).isEqualTo(1 - files.files().get(1).quality() / 100f).isBetween(0f, 0.41f);
            assertThat(files.files().get(0).quality()).isGreaterThanOrEqualTo(85);
        }
        assertThat(JpegHistory.NONE.damage()).isZero();
    }

    private static double distance(Planes one, Planes other) {
        double sum = 0;
        for (int i = 0; i < one.values().length; i++) {
            sum += Math.pow(one.values()[i] - other.values()[i], 2);
        }
        return Math.sqrt(sum / one.values().length);
    }
}
