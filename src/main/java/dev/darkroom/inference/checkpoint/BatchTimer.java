package dev.darkroom.inference.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;

/** Runs batches of square tiles and says how long one takes. */
@FunctionalInterface
interface BatchTimer {
    /** A run that takes so long is hardly longer for being the first, and more than so much time for a point only delays the start. */
    double LONG_MILLISECONDS = 400;
    /** Where the best two runs are farther apart, others have used the device too, and it is timed again. */
    double NOISY = 1.15;
    int RUNS = 3;
    int MOST_RUNS = 6;

    Calibration.Point time(Replica replica, int side, int tiles);

    /** By the best of some runs, of more if they differ; a long one on a processor by itself, for a GPU's first run prepares kernels. */
    static Calibration.Point best(Lock turn, Replica replica, int side, int tiles) {
        double best = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        double spent = 0;
        int least = replica.device().isGpu() ? 2 : 1;
        for (int run = 0; run < least || spent < LONG_MILLISECONDS && run < MOST_RUNS && (run < RUNS || second > NOISY * best); run++) {
            double milliseconds = milliseconds(turn, replica, side, tiles);
            second = Math.min(second, Math.max(best, milliseconds));
            best = Math.min(best, milliseconds);
            spent += milliseconds;
        }
        return new Calibration.Point(side, tiles, best);
    }

    private static double milliseconds(Lock turn, Replica replica, int side, int tiles) {
        turn.lock();
        try {
            long began = System.nanoTime();
            run(replica, side, tiles);
            return (System.nanoTime() - began) / 1e6;
        } finally {
            turn.unlock();
        }
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
