package dev.darkroom.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** When strangers come who know nothing of each other: a Poisson process. */
public final class Arrivals {
    private Arrivals() {}

    /** @return nanoseconds after the start, ascending, all before {@code duration} */
    public static List<Long> nanos(double perSecond, Duration duration, long seed) {
        var random = new Random(seed);
        List<Long> arrivals = new ArrayList<>();
        double next = gap(random, perSecond);
        while (next < duration.toNanos()) {
            arrivals.add((long) next);
            next += gap(random, perSecond);
        }
        return arrivals;
    }

    /** As many as {@code shape} makes of the rate at each moment: of a process at its highest rate, each with that probability. */
    public static List<Long> nanos(double perSecond, LoadShape shape, Duration duration, long seed) {
        var random = new Random(seed + 1);
        return nanos(perSecond * shape.most(), duration, seed).stream()
                .filter(at -> random.nextDouble() * shape.most() < shape.at((double) at / duration.toNanos())).toList();
    }

    private static double gap(Random random, double perSecond) {
        return -Math.log(1 - random.nextDouble()) / perSecond * 1e9;
    }
}
