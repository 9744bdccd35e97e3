package dev.darkroom.bench.device;

import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Spread;
import dev.darkroom.bench.report.Table;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.inference.InferenceEngine;
import dev.darkroom.inference.InferenceEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One instance against two on the same device, in turns. */
final class TwoInstances {
    private static final int ROUNDS = 3;
    /** By less than this nothing is decided. */
    private static final double WORTHWHILE = 1.03;

    private final Bench bench;
    private final int side;

    TwoInstances(Bench bench, int side) {
        this.bench = bench;
        this.side = side;
    }

    /** Output megapixels a second, halos included. */
    record Found(int side, Spread one, Spread two) implements Finding {
        double gain() {
            return two.median() / one.median();
        }

        @Override
        public List<Table> tables() {
            return List.of(Table.of("instances on one device (output MP/s, tiles of %d x %d)".formatted(side, side), "", "median", "lowest", "highest")
                    .row("one", one.median(), one.lowest(), one.highest())
                    .row("two", two.median(), two.lowest(), two.highest())
                    .note("two are %.2f times as fast: darkroom.inference.instances=%d", gain(), gain() > WORTHWHILE ? 2 : 1));
        }
    }

    Found run() throws InterruptedException {
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        Duration turn = bench.time().dividedBy(2 * ROUNDS);
        try (var single = engine(1); var pair = engine(2); var duel = new TileDuel(bench, side)) {
            duel.through(single, Duration.ZERO);
            duel.through(pair, Duration.ZERO);
            for (int round = 0; round < ROUNDS; round++) {
                one.add(duel.through(single, turn));
                two.add(duel.through(pair, turn));
            }
        }
        return new Found(side, Spread.of(one), Spread.of(two));
    }

    private InferenceEngine engine(int instances) {
        return new InferenceEngine(bench.inference().withInstances(instances), InferenceEvents.NONE, BatchingEvents.NONE, DeviceHook.none());
    }
}
