package dev.darkroom.bench.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TileTensors;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * The engine and nothing around it, to measure the service against: a batch from bytes through the network to bytes.
 *
 * <p>On the checkpoint's first device. Belongs to the thread that made it.
 */
public final class BareLoop {
    private final TorchScriptCheckpoint checkpoint;
    private final InferenceSettings settings;

    public BareLoop(TorchScriptCheckpoint checkpoint, InferenceSettings settings) {
        this.checkpoint = checkpoint;
        this.settings = settings;
        JniUtils.setNumThreads(settings.threadsOfAnInstance()); // of this thread
    }

    /** How many tiles of a shape the service would run together. */
    public int recommendedTiles(TileShape shape) {
        return (int) Math.max(1, Math.min(checkpoint.calibration().tiles(shape), settings.batchPixels() / shape.pixels()));
    }

    /**
     * Runs a batch.
     *
     * @param samples   direct, from its start the interleaved samples of all tiles
     * @param condition K values, the same for each tile
     * @param restored  gets the restored samples of all tiles, which are valid during the call only
     */
    public void run(ByteBuffer samples, int tiles, TileShape shape, float[] condition, Consumer<ByteBuffer> restored) {
        Manifest manifest = checkpoint.manifest();
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray x = TileTensors.decode(scratch, samples.duplicate().rewind().limit(tiles * shape.bytes()), tiles, shape);
            NDArray y = checkpoint.forward(scratch, TileTensors.toNetwork(x, manifest), repeated(scratch, condition, tiles));
            restored.accept(TileTensors.encode(TileTensors.fromNetwork(y, manifest, shape.restoredBy(manifest).channels()), shape.bytesPerSample()));
        }
    }

    static NDArray repeated(NDManager scratch, float[] condition, int tiles) {
        FloatBuffer values = FloatBuffer.allocate(tiles * condition.length);
        for (int i = 0; i < tiles; i++) {
            values.put(condition);
        }
        return scratch.create(values.flip(), new Shape(tiles, condition.length));
    }
}
