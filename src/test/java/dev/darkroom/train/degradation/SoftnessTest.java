package dev.darkroom.train.degradation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoftnessTest {
    private static final int SIDE = 64;
    private static final int MARGIN = 8;
    private static final Photograph PHOTOGRAPH = new Photograph("noise", 200, 200, bytes());
    private static final Excerpt EXCERPT = new Excerpt(PHOTOGRAPH, 50, 50, SIDE, 3);

    @Test
    void aSharpPictureIsTheExcerptItself() {
        assertThat(new Softness(0).of(EXCERPT, 0).values()).isEqualTo(EXCERPT.clean().values());
        assertThat(new Softness(0).of(EXCERPT, MARGIN).trimmed(MARGIN).values()).isEqualTo(EXCERPT.clean().values());
    }

    @Test
    void softeningTakesAwayDetailAndKeepsTheBrightness() {
        Planes sharp = EXCERPT.clean();
        Planes soft = new Softness(1.5).of(EXCERPT, 0);

        assertThat(differences(soft)).isLessThan(0.4 * differences(sharp));
        assertThat(mean(soft)).isCloseTo(mean(sharp), within(0.01));
        assertThat(new Softness(1.5).of(EXCERPT, MARGIN).trimmed(MARGIN).values()).isEqualTo(soft.values());
    }

    @Test
    void soManyAreSharpAsWereAskedFor() {
        var random = new SplittableRandom(1);

        long sharp = IntStream.range(0, 1000).filter(i -> Softness.random(0.6, random).sigma() == 0).count();

        assertThat(sharp).isBetween(550L, 650L);
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[3 * 200 * 200];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    /** Between neighbours in a row, on the mean. */
    private static double differences(Planes picture) {
        return IntStream.range(1, picture.values().length).filter(i -> i % picture.width() > 0)
                .mapToDouble(i -> Math.abs(picture.values()[i] - picture.values()[i - 1])).average().orElseThrow();
    }

    private static double mean(Planes picture) {
        return IntStream.range(0, picture.values().length).mapToDouble(i -> picture.values()[i]).average().orElseThrow();
    }
}
