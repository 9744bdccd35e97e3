package dev.darkroom.bench;

import dev.darkroom.bench.report.Plot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened in each interval of a simulated time. */
final class Timeline {
    private final Duration interval;
    private final List<Interval> intervals = new ArrayList<>();

    /** One interval; services and queue as they were at its last look. */
    public static final class Interval {
        double offeredPixels;
        double answeredPixels;
        int refused;
        int services;
        Duration queuedForEach = Duration.ZERO;
    }

    public Timeline(Duration interval) {
        this.interval = interval;
    }

    /** @param nanos since the beginning */
    public Interval at(long nanos) {
        int index = (int) (nanos / interval.toNanos());
        while (intervals.size() <= index) {
            intervals.add(new Interval());
        }
        return intervals.get(index);
    }

    /** Three panels over the hours: what came and was answered, how many services ran, how much waited. */
    public String plot(String title, Duration until) {
        List<Interval> shown = intervals.subList(0, Math.min(intervals.size(), (int) (until.toNanos() / interval.toNanos())));
        double[] hours = new double[shown.size()];
        for (int i = 0; i < hours.length; i++) {
            hours[i] = i * interval.toNanos() / 3.6e12;
        }
        double megapixelsPerSecond = 1e6 * interval.toNanos() / 1e9;
        double perMinute = 60e9 / interval.toNanos();
        return new Plot(title, hours, until.toNanos() / 3.6e12)
                .panel("megapixels a second",
                        Plot.line("offered", shown, one -> one.offeredPixels / megapixelsPerSecond),
                        Plot.line("answered", shown, one -> one.answeredPixels / megapixelsPerSecond))
                .panel("services", Plot.line("services", shown, one -> one.services))
                .panel("queued seconds of each", Plot.line("queued", shown, one -> one.queuedForEach.toMillis() / 1e3))
                .panel("refused a minute", Plot.line("refused", shown, one -> one.refused * perMinute))
                .svg();
    }
}
