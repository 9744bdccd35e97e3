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
import java.time.Duration;

/** A batch's stages one after another, each waited for: what overlap could save. Belongs to the thread that made it. */
public final class BatchStages {
    private static final int LEAST_RUNS = 3;

    private final TorchScriptCheckpoint checkpoint;

    public BatchStages(TorchScriptCheckpoint checkpoint, InferenceSettings settings) {
        this.checkpoint = checkpoint;
        JniUtils.setNumThreads(settings.threadsOfAnInstance()); // of this thread
    }

    /** Means; {@code compute} is bytes on the device to bytes on the device. */
    public record Times(double uploadMillis, double computeMillis, double downloadMillis) {
        public double sumMillis() {
            return uploadMillis + computeMillis + downloadMillis;
        }

        private Times plus(Times other) {
            return new Times(uploadMillis + other.uploadMillis, computeMillis + other.computeMillis, downloadMillis + other.downloadMillis);
        }

        private Times dividedBy(int runs) {
            return new Times(uploadMillis / runs, computeMillis / runs, downloadMillis / runs);
        }
    }

    /**
     * Runs batches for at least so long.
     *
     * @param samples   direct, from its start the interleaved samples of all tiles
     * @param condition K values, the same for each tile
     */
    public Times measure(ByteBuffer samples, int tiles, TileShape shape, float[] condition, Duration time) {
        run(samples, tiles, shape, condition); // the first of a shape is slower
        var sum = new Times(0, 0, 0);
        int runs = 0;
        long began = System.nanoTime();
        while (runs < LEAST_RUNS || System.nanoTime() - began < time.toNanos()) {
            sum = sum.plus(run(samples, tiles, shape, condition));
            runs++;
        }
        return sum.dividedBy(runs);
    }

    private Times run(ByteBuffer samples, int tiles, TileShape shape, float[] condition) {
        Manifest manifest = checkpoint.manifest();
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray told = BareLoop.repeated(scratch, condition, tiles);
            waitForDevice(scratch);
            long start = System.nanoTime();
            NDArray uploaded = TileTensors.upload(scratch, samples.duplicate().rewind().limit(tiles * shape.bytes()), tiles, shape);
            waitForDevice(scratch);
            long there = System.nanoTime();
            NDArray y = checkpoint.forward(scratch, TileTensors.toNetwork(TileTensors.values(uploaded, shape), manifest), told);
            NDArray bytes = TileTensors.bytes(TileTensors.fromNetwork(y, manifest, shape.restoredBy(manifest).channels()), shape.bytesPerSample());
            waitForDevice(scratch);
            long computed = System.nanoTime();
            bytes.toByteBuffer(true);
            return new Times((there - start) / 1e6, (computed - there) / 1e6, (System.nanoTime() - computed) / 1e6);
        }
    }

    /** A value made and read on the device comes after everything before it. */
    private static void waitForDevice(NDManager scratch) {
        scratch.ones(new Shape(1)).getFloat();
    }
}
