package dev.darkroom.bench.device;

import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was aimed at, and whether it was reached; what a device cannot be asked is not applicable. */
record Targets(List<Target> targets) implements Finding {
    private static final double SHARE_OF_BARE = 0.90;
    private static final double HALF_GAIN = 1.8;
    private static final double LEAST_DECIBELS = 50;
    /** A pool of the caching allocator more or less; any leak of a tensor a request would be far more after ten thousand. */
    private static final double STEADY_MEGABYTES = 64;
    private static final String STARVED = "every request answered though memory ran out";

    /** One aim; {@code measured} says so in words. */
    record Target(String aim, String measured, Conclusion conclusion) {}

    /** Of an aim. */
    enum Conclusion {
        MET, MISSED, NOT_APPLICABLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Of the parts that were run. */
    static Targets of(boolean cuda, Optional<Sweep.Found> sweep, Optional<MemoryOverRequests.Found> memory, Optional<Starvation.Found> starvation) {
        List<Target> all = new ArrayList<>();
        sweep.ifPresent(found -> {
            all.add(bare(found));
            all.add(half(cuda, found));
        });
        memory.ifPresent(found -> all.add(target(cuda, found.growthMegabytes() <= STEADY_MEGABYTES,
                "device memory steady within %.0f MB".formatted(STEADY_MEGABYTES),
                "%.1f MB more over %d requests".formatted(found.growthMegabytes(), found.requests()))));
        all.add(starvation.map(found -> target(true, found.recovered(), STARVED,
                "%d of %d answered, %d batches did not fit".formatted(found.answered(), found.requests(), found.halved())))
                .orElse(target(false, false, STARVED, "-")));
        return new Targets(List.copyOf(all));
    }

    private static Target bare(Sweep.Found sweep) {
        Sweep.Line fastest = sweep.fastest();
        return target(true, fastest.speed().ratioToBest() >= SHARE_OF_BARE, "service at least %.2f of the bare engine".formatted(SHARE_OF_BARE),
                "%.3f in %s, tiles of %d".formatted(fastest.speed().ratioToBest(), fastest.configuration(), fastest.speed().side()));
    }

    private static Target half(boolean cuda, Sweep.Found sweep) {
        String aim = "half precision at least %.1f times float32, %.0f dB".formatted(HALF_GAIN, LEAST_DECIBELS);
        Optional<Sweep.Line> reduced = sweep.fastest(true);
        Optional<Sweep.Line> full = sweep.fastest(false);
        if (reduced.isEmpty() || full.isEmpty()) {
            return target(false, false, aim, "only one of them was run");
        }
        double gain = reduced.get().speed().bareBest() / full.get().speed().bareBest();
        double decibels = sweep.decibels(reduced.get().configuration());
        return target(cuda, gain >= HALF_GAIN && decibels >= LEAST_DECIBELS, aim,
                "%.2f times, %.1f dB, %s against %s".formatted(gain, decibels, reduced.get().configuration(), full.get().configuration()));
    }

    private static Target target(boolean applies, boolean met, String aim, String measured) {
        return new Target(aim, measured, applies ? met ? Conclusion.MET : Conclusion.MISSED : Conclusion.NOT_APPLICABLE);
    }

    boolean allMet() {
        return targets.stream().noneMatch(target -> target.conclusion == Conclusion.MISSED);
    }

    @Override
    public List<Table> tables() {
        var table = Table.of("targets", "", "measured", "");
        targets.forEach(target -> table.row(target.aim, target.measured, target.conclusion));
        return List.of(table);
    }
}
