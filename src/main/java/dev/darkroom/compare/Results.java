package dev.darkroom.compare;

import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.Timing;
import dev.darkroom.image.ImageProbe;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.Task;
import dev.darkroom.score.PictureFile;
import dev.darkroom.score.ScoreReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the checkpoints have made of a picture, and what is to be said of it. */
record Results(Task task, CompareReport.Input input, List<EnhanceResult> all) {

    /**
     * Of a picture, which is not needed any more after that.
     *
     * @param header of the picture
     */
    static Results of(Task task, PictureFile picture, ImageHeader header, List<EnhanceResult> all) {
        return new Results(task, new CompareReport.Input(picture.name(), header.uprightWidth(), header.uprightHeight(), Sha256.of(picture.bytes())), all);
    }

    /** Under names that say what they are. */
    List<PictureFile> files() {
        return all.stream().map(result -> new PictureFile(name(result), result.image().file().view())).toList();
    }

    /** Without the upload's, which is its sender's affair: denoise-pdl@1.png. */
    private String name(EnhanceResult result) {
        return result.steps().get(0).checkpoint().replace('/', '-') + "." + result.image().format().extensions().get(0);
    }

    /** @param measuringNanos how long the measuring took */
    CompareReport report(Timing once, Optional<ScoreReport> scores, long measuringNanos) {
        var milliseconds = new CompareReport.Once(millis(once, Timing.Step.ADMIT), millis(once, Timing.Step.DECODE),
                scores.map(measured -> rounded(measuringNanos)).orElse(null));
        List<CompareReport.Result> results = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int place = i;
            results.add(result(all.get(i), scores.map(measured -> measured.candidates().get(place))));
        }
        return new CompareReport(task, input, scores.map(ScoreReport::reference).orElse(null), milliseconds, results);
    }

    private CompareReport.Result result(EnhanceResult result, Optional<ScoreReport.Candidate> measured) {
        EnhanceResult.Step step = result.steps().get(0);
        return new CompareReport.Result(step.checkpoint(), step.sha256(), step.device(), each(result.timing()), result.timing().tiles(), result.timing().batches(),
                step.told().noise().map(noise -> new CompareReport.Noise(tenths(noise.sigma255()), tenths(noise.levels().luma()), tenths(noise.levels().chroma())))
                        .orElse(null),
                step.told().shake().map(seen -> seen.name().toLowerCase(Locale.ROOT)).orElse(null),
                step.told().jpegQuality().isPresent() ? step.told().jpegQuality().getAsInt() : null,
                step.kept().isPresent() ? hundredths(step.kept().getAsDouble()) : null, file(result), result.image().changed(),
                measured.map(ScoreReport.Candidate::rank).orElse(null), measured.map(ScoreReport.Candidate::score).orElse(null),
                measured.map(ScoreReport.Candidate::metrics).orElse(null));
    }

    private CompareReport.File file(EnhanceResult result) {
        ByteBuffer bytes = result.image().file().view();
        ImageHeader header = ImageProbe.probe(bytes);
        return new CompareReport.File(name(result), result.image().format().mediaType(), header.width(), header.height(), bytes.remaining(), Sha256.of(bytes));
    }

    private static CompareReport.Each each(Timing timing) {
        Map<String, Duration> durations = timing.durations();
        Double queue = durations.containsKey(Timing.Step.QUEUE.label()) ? millis(timing, Timing.Step.QUEUE) : null;
        return new CompareReport.Each(millis(timing, Timing.Step.ESTIMATE), queue, millis(timing, Timing.Step.INFER), millis(timing, Timing.Step.ENCODE));
    }

    private static double millis(Timing timing, Timing.Step step) {
        return rounded(timing.durations().getOrDefault(step.label(), Duration.ZERO).toNanos());
    }

    private static double rounded(long nanos) {
        return Math.round(nanos / 1e5) / 10.0;
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
