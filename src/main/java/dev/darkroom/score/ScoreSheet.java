package dev.darkroom.score;

import dev.darkroom.score.ScoreReport.Candidate;
import dev.darkroom.score.ScoreReport.Failure;
import dev.darkroom.score.ScoreReport.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The reports of a set of pictures and the means over it, as tables in papers have them.
 *
 * @param mean for each candidate folder the means of its pictures' values, ranked by equation 7 on those means
 */
record ScoreSheet(List<ScoreReport> pictures, List<Candidate> mean) {

    /**
     * Takes the means.
     *
     * @param folders what the candidates of every report are called in common, in their order; empty for no means
     */
    static ScoreSheet of(List<ScoreReport> pictures, List<String> folders) {
        List<Candidate> means = IntStream.range(0, folders.size())
                .mapToObj(i -> mean(folders.get(i), pictures.stream().map(report -> report.candidates().get(i)).toList())).toList();
        return new ScoreSheet(pictures, Ranking.of(means));
    }

    private static Candidate mean(String name, List<Candidate> candidates) {
        var metrics = new LinkedHashMap<String, Result>();
        candidates.forEach(candidate -> candidate.metrics().keySet().forEach(metric ->
                metrics.computeIfAbsent(metric, key -> mean(candidates.stream().map(Candidate::metrics).map(results -> results.get(key)).toList()))));
        return new Candidate(name, null, null, metrics);
    }

    /** Of all pictures or of none: the mean of some would be taken for the mean of all. */
    private static Result mean(List<Result> results) {
        if (!results.stream().allMatch(result -> result != null && result.error() == null)) {
            return Result.failed(Failure.unmeasurable("has no value for some of the pictures"));
        }
        Result first = results.get(0);
        double mean = results.stream().mapToDouble(Result::number).average().orElseThrow();
        return Result.of(mean, first.unit(), first.better(), first.range(), first.convention());
    }

    /** What went wrong, each reason once. */
    Map<String, String> failures() {
        var failures = new LinkedHashMap<String, String>();
        pictures.forEach(report -> report.candidates().forEach(candidate -> candidate.metrics().forEach((metric, result) -> {
            if (result.error() != null) {
                failures.putIfAbsent(metric, result.error().title());
            }
        })));
        return failures;
    }
}
