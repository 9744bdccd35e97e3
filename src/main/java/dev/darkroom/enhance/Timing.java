package dev.darkroom.enhance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long what was done for one request took. Written by one thread at a time, as one thing follows the other. */
public final class Timing {
    /** What is done for a request, in order; with several tasks, estimate to infer for each of them. Develop is for DNGs. */
    public enum Step {
        ADMIT, DECODE, ESTIMATE, QUEUE, INFER, DEVELOP, ENCODE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Something that has ended, with its place in time. */
    public record Lap(String label, Instant from, Instant to) {}

    private final Instant began = Instant.now();
    private final Map<String, Duration> durations = new LinkedHashMap<>();
    private long lastNanos = System.nanoTime();
    private int tiles;
    private int batches;

    /** Ends what began where the thing before it ended. */
    void ended(Step step) {
        ended(step.label());
    }

    synchronized void ended(String label) {
        long now = System.nanoTime();
        durations.put(label, Duration.ofNanos(now - lastNanos));
        lastNanos = now;
    }

    synchronized void counted(int moreTiles, int moreBatches) {
        tiles += moreTiles;
        batches += moreBatches;
    }

    /** What has ended, in order. */
    public synchronized Map<String, Duration> durations() {
        return new LinkedHashMap<>(durations);
    }

    /** What has ended, in order. */
    public synchronized List<Lap> laps() {
        List<Lap> laps = new ArrayList<>();
        Instant from = began;
        for (Map.Entry<String, Duration> step : durations.entrySet()) {
            Instant to = from.plus(step.getValue());
            laps.add(new Lap(step.getKey(), from, to));
            from = to;
        }
        return laps;
    }

    public synchronized int tiles() {
        return tiles;
    }

    public synchronized int batches() {
        return batches;
    }

    /** The value of a {@code Server-Timing} header (W3C Server Timing), durations in milliseconds. */
    public synchronized String header() {
        return durations.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s;dur=%.1f", entry.getKey(), entry.getValue().toNanos() / 1e6))
                .collect(Collectors.joining(", ", "", ", tiles;desc=\"%d\", batches;desc=\"%d\"".formatted(tiles, batches)));
    }
}
