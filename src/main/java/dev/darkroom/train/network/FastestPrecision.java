package dev.darkroom.train.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.nio.file.Path;

/** Times a network on the device: bfloat16 is worth it where there are units for it, and a burden elsewhere. */
public final class FastestPrecision {
    private static final int RUNS = 3;
    private static final int SIDE = 96;

    private FastestPrecision() {}

    public static DataType of(Path architecture, Device device) {
        Architecture card = Architecture.read(architecture);
        if (!card.precisions().contains(Precision.BFLOAT16)) {
            return DataType.FLOAT32;
        }
        try (var network = new TrainableNetwork(architecture.resolve("model.pt"), device)) {
            return nanos(network, card, DataType.BFLOAT16) < nanos(network, card, DataType.FLOAT32)
                    ? DataType.BFLOAT16
                    : DataType.FLOAT32;
        }
    }

    private static long nanos(TrainableNetwork network, Architecture card, DataType precision) {
        long best = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            try (NDManager scratch = network.manager().newSubManager()) {
                NDArray x = scratch.zeros(new Shape(1, card.channels().in(), SIDE, SIDE));
                NDArray condition = scratch.zeros(new Shape(1, Manifest.columns(card.condition())));
                long began = System.nanoTime();
                network.restore(x, condition, precision, false).toFloatArray(); // copying waits for the device
                best = Math.min(best, System.nanoTime() - began);
            }
        }
        return best;
    }
}
