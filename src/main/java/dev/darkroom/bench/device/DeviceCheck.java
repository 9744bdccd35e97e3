package dev.darkroom.bench.device;

import dev.darkroom.bench.Throughput;
import dev.darkroom.bench.WithCodecs;
import dev.darkroom.bench.engine.Configuration;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.MemoryWatch;
import dev.darkroom.bench.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * What a device is asked.
 *
 * @param sides    of tiles
 * @param memory   in use on the device, in megabytes
 * @param scarcity empty where memory cannot be taken away
 * @param watch    what the devices of the pipeline do for lack of memory
 */
record DeviceCheck(Set<Part> parts, List<Configuration> configurations, List<Integer> sides, long requests, DoubleSupplier memory,
        Optional<Scarcity> scarcity, MemoryWatch watch, boolean cuda) {
    /** A cap grows by an eighth in 64 batches; what was halved a few times shows that within so many pictures. */
    private static final int DECKS_TO_RECOVER = 12;

    /** @return whether every aim that applies was reached */
    boolean run(Bench bench, Path modelFile, Report report) throws Exception {
        int side = bench.checkpoint().manifest().tiles().get(0);
        Optional<Sweep.Found> sweep = Optional.empty();
        if (parts.contains(Part.SWEEP)) {
            sweep = Optional.of(new Sweep(bench, modelFile, configurations, sides).run());
            report.add("sweep", sweep.get());
            side = sweep.get().fastest().speed().side();
        }
        if (parts.contains(Part.MIXED)) {
            report.add("mixed", new Throughput(bench).run());
        }
        if (parts.contains(Part.CODECS)) {
            report.add("codecs", new WithCodecs(bench).run());
        }
        if (parts.contains(Part.OVERLAP)) {
            report.add("overlap", new Overlap(bench, side).run(bench.pipeline().engine()));
        }
        if (parts.contains(Part.INSTANCES)) {
            report.add("instances", new TwoInstances(bench, side).run());
        }
        Optional<MemoryOverRequests.Found> growth = Optional.empty();
        if (parts.contains(Part.MEMORY)) {
            growth = Optional.of(new MemoryOverRequests(bench, requests, memory).run());
            report.add("memory", growth.get());
        }
        Optional<Starvation.Found> starved = Optional.empty();
        if (parts.contains(Part.STARVATION) && scarcity.isPresent()) {
            starved = Optional.of(new Starvation(bench, scarcity.get(), watch, DECKS_TO_RECOVER).run());
            report.add("starvation", starved.get());
        }
        var targets = Targets.of(cuda, sweep, growth, starved);
        report.add("targets", targets);
        return targets.allMet();
    }
}
