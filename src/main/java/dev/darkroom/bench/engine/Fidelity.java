package dev.darkroom.bench.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TileTensors;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;

/** How far two ways of running a checkpoint are apart, before anything is rounded to samples. */
public final class Fidelity {
    private Fidelity() {}

    /**
     * PSNR between two answers to the same tile, in dB over the network's range; infinite if they are equal. They may be on different devices.
     *
     * @param samples   direct, from its start the tile's interleaved samples
     * @param condition K values
     */
    public static double psnr(TorchScriptCheckpoint reference, TorchScriptCheckpoint candidate, ByteBuffer samples, TileShape shape, float[] condition) {
        float[] expected = answer(reference, samples, shape, condition);
        float[] actual = answer(candidate, samples, shape, condition);
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = expected[i] - actual[i];
            squares += difference * difference;
        }
        Manifest.Range range = reference.manifest().range();
        double extent = range.high() - range.low();
        return 10 * Math.log10(extent * extent * expected.length / squares);
    }

    private static float[] answer(TorchScriptCheckpoint checkpoint, ByteBuffer samples, TileShape shape, float[] condition) {
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray x = TileTensors.decode(scratch, samples.duplicate().rewind().limit(shape.bytes()), 1, shape);
            NDArray told = BareLoop.repeated(scratch, condition, 1);
            return checkpoint.forward(scratch, TileTensors.toNetwork(x, checkpoint.manifest()), told).toFloatArray();
        }
    }
}
