package dev.darkroom.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.score.ScoreReport.Candidate;
import dev.darkroom.score.ScoreReport.Failure;
import dev.darkroom.score.ScoreReport.Reference;
import dev.darkroom.score.ScoreReport.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreSheetTest {

    @Test
    void averagesThePicturesOfAFolderAndRanksTheFolders() {
        var sheet = ScoreSheet.of(List.of(
                report(RankingTest.candidate("a/1.png", 30.0, 0.8, 0.2), RankingTest.candidate("b/1.png", 20.0, 0.8, 0.2)),
                report(RankingTest.candidate("a/2.png", 34.0, 0.9, 0.1), RankingTest.candidate("b/2.png", 22.0, 0.9, 0.1))), List.of("a", "b"));

        assertThat(sheet.mean()).extracting(Candidate::name).containsExactly("a", "b");
        assertThat(sheet.mean().get(0).metrics().get("psnr").value()).isEqualTo(32.0);
        assertThat((double) sheet.mean().get(0).metrics().get("lpips").value()).isCloseTo(0.15, within(1e-12));
        assertThat(sheet.mean()).extracting(Candidate::rank).containsExactly(1, 2);
    }

    @Test
    void averagesInfinityToInfinity() {
        var sheet = ScoreSheet.of(List.of(report(RankingTest.candidate("a/1.png", Double.POSITIVE_INFINITY, 1, 0)),
                report(RankingTest.candidate("a/2.png", 34.0, 0.9, 0.1))), List.of("a"));
        assertThat(sheet.mean().get(0).metrics().get("psnr").infinite()).isTrue();
        assertThat(sheet.mean().get(0).metrics().get("psnr").number()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void averagesAllPicturesOrNone() {
        var small = new Candidate("a/2.png", null, null, Map.of("ms-ssim", Result.failed(Failure.unmeasurable("needs at least 161x161 pixels"))));
        var sheet = ScoreSheet.of(List.of(report(RankingTest.candidate("a/1.png", 30.0, 0.8, 0.2)), report(small)), List.of("a"));

        assertThat(sheet.mean().get(0).metrics().values()).extracting(Result::value).containsOnlyNulls();
        assertThat(sheet.failures()).containsEntry("ms-ssim", "needs at least 161x161 pixels");
    }

    @Test
    void quotesWhatWouldBreakALineOfCommaSeparatedValues() {
        var sheet = ScoreSheet.of(List.of(report(new Candidate("a,\"b\".png", null, null, Map.of()))), List.of());
        assertThat(new ScoreTable(sheet).csv()).isEqualTo("reference,candidate,score,rank\nclean.png,\"a,\"\"b\"\".png\",,\n");
    }

    private static ScoreReport report(Candidate... candidates) {
        return new ScoreReport(new Reference("clean.png", 8, 8, "0"), List.of(candidates));
    }
}
