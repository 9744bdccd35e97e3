package dev.darkroom.score;

import dev.darkroom.loss.AggregatedScore;
import dev.darkroom.score.ScoreReport.Candidate;
import dev.darkroom.score.ScoreReport.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The PDL paper's equation 7 over candidates. */
final class Ranking {
    private Ranking() {}

    /** The candidates in the same order, with score and rank if there are two or more and each has what equation 7 needs. */
    static List<Candidate> of(List<Candidate> candidates) {
        List<AggregatedScore.Row> rows = candidates.stream().map(Ranking::row).flatMap(Optional::stream).toList();
        if (candidates.size() < 2 || rows.size() < candidates.size()) {
            return candidates;
        }
        return AggregatedScore.of(rows).map(scores -> ranked(candidates, scores)).orElse(candidates);
    }

    private static List<Candidate> ranked(List<Candidate> candidates, double[] scores) {
        return IntStream.range(0, scores.length).mapToObj(i -> {
            int rank = 1 + (int) Arrays.stream(scores).filter(other -> other > scores[i]).count();
            return new Candidate(candidates.get(i).name(), rank, scores[i], candidates.get(i).metrics());
        }).toList();
    }

    private static Optional<AggregatedScore.Row> row(Candidate candidate) {
        var psnr = value(candidate, "psnr");
        var msSsim = value(candidate, "ms-ssim");
        var lpips = value(candidate, "lpips");
        return psnr.isPresent() && msSsim.isPresent() && lpips.isPresent()
                ? Optional.of(new AggregatedScore.Row(psnr.get(), msSsim.get(), lpips.get()))
                : Optional.empty();
    }

    private static Optional<Double> value(Candidate candidate, String metric) {
        Result result = candidate.metrics().get(metric);
        return Optional.ofNullable(result).map(Result::value);
    }
}
