package dev.darkroom.inference.checkpoint;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.inference.device.OutOfMemory;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.model.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Times a replica over its tile sizes with growing batches, which also prepares the engine for every one of these shapes. */
final class Calibrator {
    /** Below the smallest tile size, since small images are tiles of their own size. */
    private static final int SMALLEST_SIDE = 64;

    private static final double UNEVEN = 1.25;
    private static final double MUCH = 1.5;
    private static final double JITTER_MILLISECONDS = 0.5;

    private final InferenceSettings settings;
    private final BatchTimer timer;

    Calibrator(InferenceSettings settings, Turns turns) {
        this(settings, (replica, side, tiles) -> BatchTimer.best(turns.of(replica.device(), 0), replica, side, tiles));
    }

    Calibrator(InferenceSettings settings, BatchTimer timer) {
        this.settings = settings;
        this.timer = timer;
    }

    /** The device and how it is used. */
    String describe(Device device, String precision) {
        String name = Devices.name(device) + " " + precision;
        return device.isGpu() ? name : name + ", " + settings.threadsOfAnInstance() + " threads";
    }

    /** What a calibration depends on besides the network's weights, the device and its precision. */
    String conditions(Manifest manifest) {
        return "tiles %s, batches of %d pixels and %d ms".formatted(sides(manifest), settings.batchPixels(), settings.batchTime().toMillis());
    }

    /** Of the tiles that a batch may have at least one of, and the smallest in any case. */
    private TreeSet<Integer> sides(Manifest manifest) {
        var sides = new TreeSet<>(manifest.tiles());
        int smallest = sides.first();
        sides.removeIf(side -> side > smallest && (long) side * side * manifest.scale() * manifest.scale() > settings.batchPixels());
        return sides;
    }

    Calibration measure(Replica replica) {
        var sides = sides(replica.manifest());
        int smallest = SMALLEST_SIDE / replica.manifest().sizeMultiple() * replica.manifest().sizeMultiple();
        if (!replica.manifest().takesOneSize() && sides.first() > smallest) {
            sides.add(smallest);
        }
        return replica.device().isGpu() ? measure(replica, sides) : measureEnds(replica, sides);
    }

    /** Where a processor takes about as long for a pixel of the largest tile as for one of the smallest, those between need not be run. */
    private Calibration measureEnds(Replica replica, TreeSet<Integer> sides) {
        int smallest = Collections.min(replica.manifest().tiles());
        int largest = sides.last();
        Calibration ends = measure(replica, new TreeSet<>(List.of(sides.first(), smallest, largest)));
        double growth = ends.milliseconds(largest) / ends.milliseconds(smallest) * smallest * smallest / largest / largest;
        return growth <= UNEVEN && growth >= 1 / UNEVEN ? ends.filled(sides) : measure(replica, sides.subSet(smallest, false, largest, false), ends.points());
    }

    /** @param sides the smallest first */
    Calibration measure(Replica replica, Collection<Integer> sides) {
        return measure(replica, sides, List.of());
    }

    /** @param known points, of other sides */
    private Calibration measure(Replica replica, Collection<Integer> sides, List<Calibration.Point> known) {
        List<Calibration.Point> points = new ArrayList<>(known);
        for (int side : sides) {
            List<Calibration.Point> ofSide = measureIfThereIsRoom(replica, side, points);
            if (ofSide.isEmpty() && !points.isEmpty()) {
                break; // nor would there be for larger ones
            }
            points.addAll(ofSide.isEmpty() ? measure(replica, side, points) : ofSide);
        }
        return new Calibration(describe(replica.device(), replica.precision().toString()), points);
    }

    /** Empty if the device has too little memory for one tile. */
    private List<Calibration.Point> measureIfThereIsRoom(Replica replica, int side, List<Calibration.Point> smaller) {
        try {
            return measure(replica, side, smaller);
        } catch (EngineException | OutOfMemoryError e) {
            if (!OutOfMemory.is(e)) {
                throw e;
            }
            Devices.releaseCache(replica.device());
            return List.of();
        }
    }

    /**
     * Runs the smallest tile size again. What is slower than it was has company on the device now and will be faster again;
     * what is much faster was measured in company.
     */
    boolean stillHolds(Replica replica) {
        int side = Collections.min(replica.manifest().tiles());
        Optional<Calibration.Point> now = timeIfThereIsRoom(replica, side, 1);
        return now.isEmpty() // then others have the memory, and nothing speaks against what was measured
                || MUCH * now.get().milliseconds() + JITTER_MILLISECONDS >= replica.calibration().milliseconds(side);
    }

    /** Twice as many tiles as long as that pays and a batch stays within its limits. */
    private List<Calibration.Point> measure(Replica replica, int side, List<Calibration.Point> smaller) {
        List<Calibration.Point> points = new ArrayList<>();
        Calibration.Point last = timeOneTile(replica, side, smaller);
        points.add(last);
        long sideOfAnswer = (long) side * replica.manifest().scale();
        for (int tiles = 2; tiles * sideOfAnswer * sideOfAnswer <= settings.batchPixels() && fits(last); tiles *= 2) {
            Optional<Calibration.Point> next = timeIfThereIsRoom(replica, side, tiles);
            if (next.filter(point -> point.milliseconds() <= settings.batchTime().toMillis()).isEmpty()) {
                break;
            }
            points.add(next.get());
            if (next.get().nanosPerTile() > last.nanosPerTile()) {
                break;
            }
            last = next.get();
        }
        return points;
    }

    /** A larger tile takes hardly more time for each pixel; where a long run did, which was the only one, it may have had company. */
    private Calibration.Point timeOneTile(Replica replica, int side, List<Calibration.Point> smaller) {
        Calibration.Point point = timer.time(replica, side, 1);
        double expected = smaller.stream().filter(other -> other.tiles() == 1).mapToDouble(Calibrator::millisecondsPerPixel).min().orElse(Double.POSITIVE_INFINITY);
        if (point.milliseconds() < BatchTimer.LONG_MILLISECONDS || millisecondsPerPixel(point) < BatchTimer.NOISY * expected) {
            return point;
        }
        Calibration.Point again = timer.time(replica, side, 1);
        return again.milliseconds() < point.milliseconds() ? again : point;
    }

    private static double millisecondsPerPixel(Calibration.Point point) {
        return point.milliseconds() / point.tiles() / point.side() / point.side();
    }

    private Optional<Calibration.Point> timeIfThereIsRoom(Replica replica, int side, int tiles) {
        try {
            return Optional.of(timer.time(replica, side, tiles));
        } catch (EngineException | OutOfMemoryError e) {
            if (!OutOfMemory.is(e)) {
                throw e;
            }
            Devices.releaseCache(replica.device());
            return Optional.empty();
        }
    }

    private boolean fits(Calibration.Point half) {
        return Duration.ofNanos((long) (1.5e6 * half.milliseconds())).compareTo(settings.batchTime()) < 0;
    }
}
