package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.model.Restraint;
import dev.darkroom.train.photo.Planes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is found of networks that are made up. */
class RestraintSearchTest {
    private static final int SIDE = 64;
    private static final int PHOTOGRAPHS = 10;
    private static final List<Planes> CLEAN = IntStream.range(0, PHOTOGRAPHS).mapToObj(RestraintSearchTest::photograph).toList();

    @Test
    void aNetworkThatIsAlwaysRightAgrees() {
        assertThat(cosines(Trial::target)).isNotEmpty().allMatch(cosine -> cosine > 0.8);
    }

    @Test
    void aNetworkThatOnlyAddsNoiseDoesNot() {
        assertThat(cosines(trial -> noisy(trial.input(), 0.02f, 7))).isNotEmpty().allMatch(cosine -> cosine < 0.06);
    }

    /** How much it changes does not matter: that is known of each picture. */
    @Test
    void aNetworkThatDoesTooMuchAgreesAsWell() {
        assertThat(cosines(trial -> trial.input().towards(trial.target(), 1.5f))).isNotEmpty().allMatch(cosine -> cosine > 0.6);
    }

    @Test
    void oneInTenMayLoseByItButNotTwo() {
        assertThat(cosines(harming(1)).get(0)).isGreaterThan(0.6);
        assertThat(cosines(harming(2)).get(0)).isZero();
    }

    private static Restorer harming(int photographs) {
        List<Planes> harmed = CLEAN.subList(0, photographs).stream().map(Planes::as8Bit).toList();
        return trial -> trial.input().towards(trial.target(), harmed.stream().anyMatch(clean -> Arrays.equals(clean.values(), trial.target().values())) ? -1 : 1);
    }

    private static List<Double> cosines(Restorer network) {
        return new RestraintSearch(network).find(CLEAN).byLoss().stream().map(Restraint.Agreement::cosine).toList();
    }

    private static Planes photograph(int seed) {
        var random = new SplittableRandom(seed);
        Planes picture = Planes.black(3, SIDE, SIDE);
        for (int i = 0; i < picture.values().length; i++) {
            double wave = Math.sin(i % SIDE / (2.0 + seed)) + Math.sin(i / SIDE % SIDE / (3.0 + seed));
            picture.values()[i] = (float) (0.5 + 0.15 * wave + 0.05 * random.nextGaussian());
        }
        return picture;
    }

    private static Planes noisy(Planes picture, float deviation, long seed) {
        var random = new SplittableRandom(seed);
        float[] values = picture.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (deviation * random.nextGaussian());
        }
        return picture.with(values);
    }
}
