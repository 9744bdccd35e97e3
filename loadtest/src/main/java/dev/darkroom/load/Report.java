package dev.darkroom.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The run as Markdown. */
final class Report {
    private final Requests requests;
    private final List<Watch.Look> looks;
    private final double capacity;
    private final double seconds;
    private final StringBuilder text = new StringBuilder();

    Report(Requests requests, List<Watch.Look> looks, double capacity, double seconds) {
        this.requests = requests;
        this.looks = looks;
        this.capacity = capacity;
        this.seconds = seconds;
    }

    void write() {
        line("Capacity in a closed loop of 8 callers: %.2f requests/s, %.3f MP/s. Then %.0f minutes of an open loop:", capacity,
                capacity * meanMegapixels(), seconds / 60);
        phases();
        kinds();
        memory();
        try {
            Files.writeString(Path.of(System.getProperty("report")), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double meanMegapixels() {
        double weights = requests.mix().kinds().stream().mapToInt(Mix.Kind::weight).sum();
        return requests.mix().kinds().stream().mapToDouble(kind -> kind.weight() * kind.megapixels()).sum() / weights;
    }

    private void phases() {
        line("");
        line("| phase | sent | done | refused | late | no answer | done MP/s | of the capacity | p50 s | p90 s | p99 s | resident MB at the end |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|");
        double begin = 0;
        for (Load.Phase phase : Load.PHASES) {
            double from = begin;
            double to = begin + phase.share() * seconds;
            List<Recorder.Answer> sent = answers(answer -> answer.sentAt() >= from && answer.sentAt() < to);
            double megapixels = answers(answer -> answer.good() && finished(answer) >= from && finished(answer) < to).stream()
                    .mapToDouble(answer -> answer.kind().megapixels()).sum() / (to - from);
            double resident = looks.stream().filter(look -> look.at() <= to).mapToDouble(Watch.Look::residentMegabytes).reduce(Double.NaN, (a, b) -> b);
            line("| %s | %d | %d | %d | %d | %d | %.3f | %.2f | %s | %.0f |", phase.name(), sent.size(), count(sent, Recorder.Answer::good),
                    count(sent, Recorder.Answer::refused), count(sent, answer -> answer.status() == 504), count(sent, answer -> answer.status() == 0),
                    megapixels, megapixels / (capacity * meanMegapixels()), latencies(sent), resident);
            begin = to;
        }
        List<Recorder.Answer> refusals = answers(Recorder.Answer::refused);
        line("");
        line("Of %d refusals %d said when to come again (`Retry-After`); half of them came within %.0f ms. Latencies are those of what was done, from sending to the last byte.",
                refusals.size(), count(refusals, Recorder.Answer::retryAfter), 1e3 * quantile(refusals, 0.5));
    }

    private void kinds() {
        line("");
        line("| request, while soaking | sent | done | p50 s | p90 s | p99 s |");
        line("|---|---|---|---|---|---|");
        double from = seconds * (1 - Load.PHASES.get(Load.PHASES.size() - 1).share());
        for (Mix.Kind kind : requests.mix().kinds()) {
            List<Recorder.Answer> sent = answers(answer -> answer.kind() == kind && answer.sentAt() >= from);
            line("| %s | %d | %d | %s |", kind.name(), sent.size(), count(sent, Recorder.Answer::good), latencies(sent));
        }
    }

    private void memory() {
        ToDoubleFunction<Watch.Look> resident = Watch.Look::residentMegabytes;
        line("");
        line("Resident memory: %.0f MB before, %.0f MB at most, %.0f MB at the end. At most %.1f s of work queued (`darkroom_queued_seconds`).",
                looks.get(0).residentMegabytes(), looks.stream().mapToDouble(resident).max().orElse(Double.NaN),
                looks.get(looks.size() - 1).residentMegabytes(),
                looks.stream().mapToDouble(Watch.Look::queuedSeconds).filter(Double::isFinite).max().orElse(Double.NaN));
    }

    private List<Recorder.Answer> answers(Predicate<Recorder.Answer> which) {
        return requests.recorder().answers().stream().filter(which).toList();
    }

    private static long count(List<Recorder.Answer> answers, Predicate<Recorder.Answer> which) {
        return answers.stream().filter(which).count();
    }

    private static double finished(Recorder.Answer answer) {
        return answer.sentAt() + answer.seconds();
    }

    private static String latencies(List<Recorder.Answer> sent) {
        List<Recorder.Answer> done = sent.stream().filter(Recorder.Answer::good).toList();
        return done.isEmpty() ? "- | - | -"
                : String.format(Locale.ROOT, "%.2f | %.2f | %.2f", quantile(done, 0.5), quantile(done, 0.9), quantile(done, 0.99));
    }

    private static double quantile(List<Recorder.Answer> answers, double share) {
        double[] sorted = answers.stream().flatMapToDouble(answer -> DoubleStream.of(answer.seconds())).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
