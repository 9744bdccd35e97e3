package dev.darkroom.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.score.ScoreReport.Candidate;
import dev.darkroom.score.ScoreReport.Failure;
import dev.darkroom.score.ScoreReport.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {

    @Test
    void ranksByEquation7() {
        List<Candidate> ranked = Ranking.of(List.of(candidate("a", 30.0, 0.8, 0.2), candidate("b", 24.0, 0.9, 0.1)));

        assertThat(ranked).extracting(Candidate::name).containsExactly("a", "b");
        assertThat(ranked).extracting(Candidate::rank).containsExactly(2, 1);
        assertThat(ranked.get(0).score()).isCloseTo(0.8 / 0.9 * 0.5, within(1e-12));
        assertThat(ranked.get(1).score()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void letsEqualsShareARank() {
        List<Candidate> ranked = Ranking.of(List.of(candidate("a", 20.0, 0.8, 0.2), candidate("b", 24.0, 0.9, 0.1), candidate("c", 24.0, 0.9, 0.1)));
        assertThat(ranked).extracting(Candidate::rank).containsExactly(3, 1, 1);
    }

    @Test
    void doesNotRankOneAlone() {
        assertThat(Ranking.of(List.of(candidate("a", 30.0, 0.8, 0.2)))).extracting(Candidate::rank).containsOnlyNulls();
    }

    @Test
    void doesNotRankWhereAValueIsMissingOrInfinite() {
        Candidate good = candidate("good", 30.0, 0.8, 0.2);
        var unmeasured = new Candidate("unmeasured", null, null, Map.of("psnr", value(30.0), "ms-ssim", value(0.8),
                "lpips", Result.failed(Failure.unmeasurable("needs more pixels"))));
        var unasked = new Candidate("unasked", null, null, Map.of("psnr", value(30.0), "ms-ssim", value(0.8)));

        for (Candidate other : List.of(unmeasured, unasked, candidate("equal", Double.POSITIVE_INFINITY, 1.0, 0.0))) {
            assertThat(Ranking.of(List.of(good, other))).extracting(Candidate::score).containsOnlyNulls();
        }
    }

    static Candidate candidate(String name, double psnr, double msSsim, double lpips) {
        return new Candidate(name, null, null, Map.of("psnr", value(psnr), "ms-ssim", value(msSsim), "lpips", value(lpips)));
    }

    private static Result value(double value) {
        return Result.of(value, null, "higher", List.of(0, 1), Map.of());
    }
}
