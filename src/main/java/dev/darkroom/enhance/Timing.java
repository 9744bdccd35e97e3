package dev.darkroom.enhance;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long each step of one request took. Written by one thread at a time, as the steps follow each other. */
public final class Timing {
    /** The steps of a request, in order. */
    public enum Step { ADMIT, DECODE, QUEUE, INFER, ENCODE }

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
