package dev.darkroom.bench.load;

import dev.darkroom.batching.Refusal;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.report.Percentiles;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An open loop in numbers.
 *
 * @param offered      megapixels a second that arrived
 * @param goodput      megapixels a second that were answered rightly and in time: all of them, over the time from the first
 *                     arrival to the last answer, since what was let in late is worked on after the last arrival
 * @param rounded      answers with other bytes than the first, but the same picture
 * @param retryAfter   of the refusals that have one
 * @param latency      of the answers, by size
 */
public record LoadSummary(double offered, double goodput, long arrivals, long answered, long late, long rounded, long wrong, long expired,
        long failed, long lost, Map<Refusal, Long> refusals, Percentiles retryAfter, Map<String, Percentiles> latency) {

    /** @param arriving how long there were arrivals */
    public static LoadSummary of(Collection<Outcome> outcomes, Duration arriving, Duration timeout, List<SizeClass> sizes) {
        List<Outcome.Answered> answers = of(outcomes, Outcome.Answered.class).toList();
        List<Outcome.Refused> refused = of(outcomes, Outcome.Refused.class).toList();
        Predicate<Outcome.Answered> inTime = answer -> answer.latencyNanos() <= timeout.toNanos();
        Predicate<Outcome.Answered> wrong = answer -> answer.verdict() == Verdict.WRONG;
        double lastAnswer = answers.stream().mapToDouble(answer -> answer.endedNanos() / 1e9).max().orElse(0);
        double seconds = arriving.toNanos() / 1e9;
        return new LoadSummary(
                megapixels(outcomes.stream()) / seconds,
                megapixels(answers.stream().filter(inTime.and(wrong.negate()))) / Math.max(seconds, lastAnswer),
                outcomes.size(),
                answers.size(),
                answers.stream().filter(inTime.negate()).count(),
                answers.stream().filter(answer -> answer.verdict() == Verdict.ROUNDED).count(),
                answers.stream().filter(wrong).count(),
                of(outcomes, Outcome.Expired.class).count(),
                of(outcomes, Outcome.Failed.class).count(),
                of(outcomes, Outcome.Lost.class).count(),
                reasons(refused),
                Percentiles.ofNanos(refused.stream().flatMap(one -> one.retryAfter().stream()).mapToLong(Duration::toNanos).toArray()),
                latency(answers, sizes));
    }

    private static <T extends Outcome> Stream<T> of(Collection<Outcome> outcomes, Class<T> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast);
    }

    private static double megapixels(Stream<? extends Outcome> outcomes) {
        return outcomes.mapToDouble(outcome -> outcome.size().megapixels()).sum();
    }

    private static Map<Refusal, Long> reasons(List<Outcome.Refused> refused) {
        Map<Refusal, Long> reasons = new TreeMap<>();
        refused.forEach(one -> reasons.merge(one.reason(), 1L, Long::sum));
        return reasons;
    }

    private static Map<String, Percentiles> latency(List<Outcome.Answered> answers, List<SizeClass> sizes) {
        Map<String, Percentiles> latency = new LinkedHashMap<>();
        sizes.forEach(size -> latency.put(size.name(), Percentiles.ofNanos(answers.stream()
                .filter(answer -> answer.size().equals(size)).mapToLong(Outcome.Answered::latencyNanos).toArray())));
        return latency;
    }
}
