package dev.darkroom.inference.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Times a replica over its tile sizes with growing batches, which also prepares the engine for every one of these shapes. */
final class Calibrator {
    private static final int RUNS = 3;
    /** A run that takes so long is hardly longer for being the first; timing it again would only delay the start. */
    static final double LONG_MILLISECONDS = 700;
    /** Below the smallest tile size, since small images are tiles of their own size. */
    private static final int SMALLEST_SIDE = 64;

    private static final double MUCH = 1.5;
    private static final double JITTER_MILLISECONDS = 0.5;

    private final InferenceSettings settings;

    Calibrator(InferenceSettings settings) {
        this.settings = settings;
    }

    /** What a calibration is valid for. */
    String describe(Device device, String precision) {
        String name = Devices.name(device) + " " + precision;
        return device.isGpu() ? name : name + ", " + settings.threadsOfAnInstance() + " threads";
    }

    Calibration measure(Replica replica) {
        var sides = new TreeSet<>(replica.manifest().tiles());
        int smallest = SMALLEST_SIDE / replica.manifest().sizeMultiple() * replica.manifest().sizeMultiple();
        if (sides.first() > smallest) {
            sides.add(smallest);
        }
        List<Calibration.Point> points = new ArrayList<>();
        sides.forEach(side -> points.addAll(measure(replica, side)));
        return new Calibration(describe(replica.device(), replica.precision().toString()), points);
    }

    /**
     * Runs the smallest tile size again. What is slower than it was has company on the device now and will be faster again;
     * what is much faster was measured in company.
     */
    boolean stillHolds(Replica replica) {
        int side = Collections.min(replica.manifest().tiles());
        return MUCH * time(replica, side, 1).milliseconds() + JITTER_MILLISECONDS >= replica.calibration().milliseconds(side);
    }

    /** Twice as many tiles as long as that pays and a batch stays within its limits. */
    private List<Calibration.Point> measure(Replica replica, int side) {
        List<Calibration.Point> points = new ArrayList<>();
        Calibration.Point last = time(replica, side, 1);
        points.add(last);
        long sideOfAnswer = (long) side * replica.manifest().scale();
        for (int tiles = 2; tiles * sideOfAnswer * sideOfAnswer <= settings.batchPixels() && fits(last); tiles *= 2) {
            Calibration.Point next = time(replica, side, tiles);
            if (next.milliseconds() > settings.batchTime().toMillis()) {
                break;
            }
            points.add(next);
            if (next.nanosPerTile() > last.nanosPerTile()) {
                break;
            }
            last = next;
        }
        return points;
    }

    private boolean fits(Calibration.Point half) {
        return Duration.ofNanos((long) (1.5e6 * half.milliseconds())).compareTo(settings.batchTime()) < 0;
    }

    private static Calibration.Point time(Replica replica, int side, int tiles) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < RUNS && (i == 0 || best < LONG_MILLISECONDS); i++) {
            long began = System.nanoTime();
            run(replica, side, tiles);
            best = Math.min(best, (System.nanoTime() - began) / 1e6);
        }
        return new Calibration.Point(side, tiles, best);
    }

    /** All that a device does for a batch: bytes to it, the network, bytes back. */
    private static void run(Replica replica, int side, int tiles) {
        Manifest manifest = replica.manifest();
        var shape = new TileShape(side, side, manifest.channels().in(), 1);
        try (NDManager scratch = replica.newManager()) {
            NDArray x = TileTensors.decode(scratch, ByteBuffer.allocateDirect(tiles * shape.bytes()), tiles, shape);
            NDArray condition = scratch.zeros(new Shape(tiles, manifest.columns()));
            NDArray y = replica.forward(scratch, TileTensors.toNetwork(x, manifest), condition);
            TileTensors.encode(TileTensors.fromNetwork(y, manifest, manifest.channels().out()), 1);
        }
    }
}
