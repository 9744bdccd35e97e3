package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.InferenceSettings;
import dev.darkroom.inference.TorchScriptCheckpoint;
import dev.darkroom.inference.TorchScriptLoader;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.ModelState;
import dev.darkroom.model.ModelStore;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** A checkpoint of the store as the service runs it, but on whole pictures that need not be in [0,1]. */
final class CheckpointRestorer implements Restorer {
    /** The service extends pictures to multiples of this by mirroring, and so does an evaluation. */
    private static final int QUANTUM = 64;

    private final TorchScriptCheckpoint checkpoint;

    private CheckpointRestorer(TorchScriptCheckpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** @throws TrainingException if the store has no such checkpoint or it does not pass its self-test */
    static Restorer open(Path root, String model, Optional<Precision> precision) {
        var settings = InferenceSettings.on("auto", precision);
        var store = new ModelStore<>(root, new TorchScriptLoader(settings));
        store.reload().stream().filter(entry -> entry.state() instanceof ModelState.Failed).forEach(entry ->
                System.err.println(entry.id() + ": " + ((ModelState.Failed) entry.state()).reason()));
        try {
            // The lease lasts as long as the process: an evaluation is one command.
            return new CheckpointRestorer(store.acquire(Task.DENOISE, ModelRequest.parse(model)).checkpoint());
        } catch (RuntimeException e) {
            throw new TrainingException(e.getMessage(), e);
        }
    }

    @Override
    public NDArray restore(NDArray noisy, float sigma255, NDManager manager) {
        int height = (int) noisy.getShape().get(2);
        int width = (int) noisy.getShape().get(3);
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray x = mirrored(scratch, noisy.toFloatArray(), height, width);
            NDArray condition = scratch.create(new float[] {sigma255 / 255}, new Shape(1, 1));
            NDArray restored = checkpoint.forward(scratch, x, condition)
                    .get(new NDIndex(":, :, :{}, :{}", height, width)).duplicate();
            restored.attach(manager);
            return restored;
        }
    }

    private static NDArray mirrored(NDManager manager, float[] planes, int height, int width) {
        int paddedHeight = roundUp(height);
        int paddedWidth = roundUp(width);
        FloatBuffer padded = FloatBuffer.allocate(3 * paddedHeight * paddedWidth);
        for (int plane = 0; plane < 3; plane++) {
            for (int row = 0; row < paddedHeight; row++) {
                int from = (plane * height + mirror(row, height)) * width;
                for (int column = 0; column < paddedWidth; column++) {
                    padded.put(planes[from + mirror(column, width)]);
                }
            }
        }
        return manager.create(padded.flip(), new Shape(1, 3, paddedHeight, paddedWidth));
    }

    private static int mirror(int position, int length) {
        int phase = position % (2 * length);
        return phase < length ? phase : 2 * length - 1 - phase;
    }

    private static int roundUp(int length) {
        return (length + QUANTUM - 1) / QUANTUM * QUANTUM;
    }
}
