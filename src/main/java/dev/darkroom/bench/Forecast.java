package dev.darkroom.bench;

import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.DeadlineUnreachableException;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.batching.Refusal;
import dev.darkroom.batching.Submission;
import dev.darkroom.batching.Work;
import dev.darkroom.bench.load.LoadSummary;
import dev.darkroom.bench.load.Outcome;
import dev.darkroom.bench.load.Verdict;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.simulation.Arrival;
import dev.darkroom.bench.simulation.Autoscaling;
import dev.darkroom.bench.simulation.Fault;
import dev.darkroom.bench.simulation.Fleet;
import dev.darkroom.bench.simulation.SimulatedService;
import dev.darkroom.bench.simulation.SimulatedTile;
import dev.darkroom.bench.simulation.Speed;
import dev.darkroom.bench.simulation.VirtualTime;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Halo;
import dev.darkroom.enhance.TilePlan;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mix's pictures sent to a simulated fleet whose devices take the time that was measured. */
final class Forecast {
    /** A tile is told from others by its pixels. */
    private static final int CHANNELS = 3;

    private final TorchScriptCheckpoint checkpoint;
    private final double slowdown;
    private final List<SizeClass> deck;
    private final Map<SizeClass, TilePlan> plans = new HashMap<>();

    /** @param slowdown how much longer batches take than by calibration */
    Forecast(TorchScriptCheckpoint checkpoint, double slowdown, List<SizeClass> deck) {
        this.checkpoint = checkpoint;
        this.slowdown = slowdown;
        this.deck = deck;
        deck.forEach(size -> plans.computeIfAbsent(size, key -> TilePlan.of(checkpoint, Halo.MEASURED, key.width(), key.height())));
    }

    /** What came of it, and the services it took. */
    record Result(LoadSummary summary, double meanServices, int mostServices) {}

    /** The services that are simulated. */
    record Deployment(int devicesOfEach, Capacity capacityOfEach, Autoscaling autoscaling) {

        /** One service of one device, with the service's own limits. */
        static Deployment single() {
            return new Deployment(1, EnhanceSettings.defaults().capacity(), Autoscaling.none(1));
        }
    }

    Result run(List<Long> arrivals, Duration arriving, Duration timeout, Deployment deployment, Timeline timeline, long seed) {
        var time = new VirtualTime(seed);
        List<Outcome> outcomes = new ArrayList<>();
        var log = new Log(time, outcomes, arrivals, deck, timeline);
        var fleet = new Fleet(time, deployment.autoscaling(), arriving, () -> new SimulatedService(time, deployment.devicesOfEach(), speed(),
                deployment.capacityOfEach(), Duration.ZERO, batch -> Fault.NONE, log));
        fleet.watch(deployment.autoscaling().every(), (nanos, services, queued) -> {
            Timeline.Interval now = timeline.at(nanos);
            now.services = services;
            now.queuedForEach = queued.dividedBy(services);
        });
        for (int i = 0; i < arrivals.size(); i++) {
            Arrival arrival = arrival(i, Duration.ofNanos(arrivals.get(i)), deck.get(i % deck.size()), timeout);
            timeline.at(arrivals.get(i)).offeredPixels += arrival.work().pixels();
            time.after(arrival.at(), () -> fleet.receive(arrival));
        }
        time.run();
        List<SizeClass> sizes = deck.stream().distinct().toList();
        return new Result(LoadSummary.of(outcomes, arriving, timeout, sizes), fleet.meanServices(), fleet.mostServices());
    }

    private Speed speed() {
        return new Speed(pixels -> (long) (slowdown * checkpoint.calibration().nanosPerTile(shape(pixels))),
                pixels -> checkpoint.calibration().tiles(shape(pixels)),
                (pixels, tiles) -> (long) (slowdown * checkpoint.nanosOfBatch(shape(pixels), tiles)));
    }

    private static TileShape shape(int pixels) {
        return new TileShape(1, pixels, CHANNELS, 1);
    }

    private Arrival arrival(int number, Duration at, SizeClass size, Duration timeout) {
        TilePlan plan = plans.get(size);
        Map<Integer, Integer> tiles = new HashMap<>();
        plan.tiles().forEach(tile -> tiles.merge(tile.input().width() * tile.input().height(), 1, Integer::sum));
        long pixels = (long) size.width() * size.height();
        var work = new Work(pixels, 2 * CHANNELS * pixels, Duration.ofNanos((long) (slowdown * plan.time().toNanos())));
        return new Arrival(number, at, tiles, work, timeout, Optional.empty());
    }

    /** Makes of what happens the same outcomes as a real load's. */
    private record Log(VirtualTime time, List<Outcome> outcomes, List<Long> arrivals, List<SizeClass> deck, Timeline timeline) implements SimulatedService.Log {

        private SizeClass size(Arrival request) {
            return deck.get((int) request.number() % deck.size());
        }

        @Override
        public void refused(Arrival request, RuntimeException reason) {
            timeline.at(time.getAsLong()).refused++;
            if (reason instanceof QueueFullException full) {
                outcomes.add(new Outcome.Refused(size(request), full.reason(), Optional.of(full.retryAfter())));
            } else if (reason instanceof DeadlineUnreachableException) {
                outcomes.add(new Outcome.Refused(size(request), Refusal.UNREACHABLE, Optional.empty()));
            } else {
                outcomes.add(new Outcome.Failed(size(request), reason));
            }
        }

        @Override
        public void accepted(Arrival request, Submission<Integer, SimulatedTile> submission) {
            // counted when it ends
        }

        @Override
        public void ended(Arrival request, Throwable failure) {
            long now = time.getAsLong();
            timeline.at(now).answeredPixels += failure == null ? request.work().pixels() : 0;
            outcomes.add(failure == null
                    ? new Outcome.Answered(size(request), now - arrivals.get((int) request.number()), now, Verdict.SAME)
                    : new Outcome.Expired(size(request)));
        }
    }
}
