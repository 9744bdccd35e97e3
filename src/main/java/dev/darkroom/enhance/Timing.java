package dev.darkroom.enhance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long each step of one request took. Written by one thread at a time, as the steps follow each other. */
public final class Timing {
    /** The steps of a request, in order. */
    public enum Step { ADMIT, DECODE, ESTIMATE, QUEUE, INFER, ENCODE }

    /** A step that has ended, with its place in time. */
    public record Lap(Step step, Instant from, Instant to) {}

    private final Instant began = Instant.now();
    private final Map<Step, Duration> durations = new EnumMap<>(Step.class);
    private long lastNanos = System.nanoTime();
    private int tiles;
    private int batches;

    /** Ends a step that began where the one before it ended. */
    synchronized void ended(Step step) {
        long now = System.nanoTime();
        durations.put(step, Duration.ofNanos(now - lastNanos));
        lastNanos = now;
    }

    synchronized void counted(int tiles, int batches) {
        this.tiles = tiles;
        this.batches = batches;
    }

    public synchronized Map<Step, Duration> durations() {
        return Map.copyOf(durations);
    }

    /** The steps that have ended, in order. */
    public synchronized List<Lap> laps() {
        List<Lap> laps = new ArrayList<>();
        Instant from = began;
        for (Map.Entry<Step, Duration> step : durations.entrySet()) {
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
                .map(entry -> String.format(Locale.ROOT, "%s;dur=%.1f",
                        entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue().toNanos() / 1e6))
                .collect(Collectors.joining(", ", "", ", tiles;desc=\"%d\", batches;desc=\"%d\"".formatted(tiles, batches)));
    }
}
