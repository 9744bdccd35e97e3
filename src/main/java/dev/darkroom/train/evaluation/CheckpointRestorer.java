package dev.darkroom.train.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.estimate.Condition;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.image.tile.BlendedGrid;
import dev.darkroom.image.tile.TileGrid;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TileTensors;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Restraint;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.model.store.ModelStore;
import dev.darkroom.train.Stack;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.BlendedTiles;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A checkpoint of the store as the service runs it, but on pictures that need not be in [0,1], whole unless its tiles are blended. */
final class CheckpointRestorer implements Restorer {
    /** What the service extends small pictures to multiples of by mirroring, and so does an evaluation. */
    private static final int QUANTUM = 64;

    private final TorchScriptCheckpoint checkpoint;
    private final LastShake shakes;

    private CheckpointRestorer(TorchScriptCheckpoint checkpoint, LastShake shakes) {
        this.checkpoint = checkpoint;
        this.shakes = shakes;
    }

    CheckpointId id() {
        return checkpoint.id();
    }

    /**
     * @param scale  empty: any
     * @param shakes shared by those who are shown the same pictures
     * @throws TrainingException if the store has no such checkpoint or it does not pass its self-test
     */
    static CheckpointRestorer open(Path root, Task task, String model, OptionalInt scale, Optional<Precision> precision, LastShake shakes) {
        var settings = InferenceSettings.on("auto", precision);
        var store = new ModelStore<>(root, new TorchScriptLoader(settings));
        store.reload(id -> id.task() == task).stream().filter(entry -> entry.state() instanceof ModelState.Failed).forEach(entry ->
                System.err.println(entry.id() + ": " + ((ModelState.Failed) entry.state()).reason()));
        try {
            // The lease lasts as long as the process: an evaluation is one command.
            return new CheckpointRestorer(store.acquire(task, ModelRequest.parse(model), scale).checkpoint(), shakes);
        } catch (RuntimeException e) {
            throw new TrainingException(e.getMessage(), e);
        }
    }

    @Override
    public Planes restore(Trial trial) {
        if (asksForAShake()) {
            return unrestrained(trial);
        }
        Condition told = told(trial);
        Planes restored = restored(trial.input(), told.values());
        Restraint restraint = checkpoint.manifest().restraint();
        OptionalDouble lost = told.jpegPsnrDb();
        return lost.isEmpty() ? restored
                : trial.input().towards(restored, (float) restraint.kept(lost.getAsDouble(), trial.input().luma().psnrDb(restored.luma())));
    }

    /** As if all that the network changes were good. */
    Planes unrestrained(Trial trial) {
        if (!asksForAShake()) {
            return restored(trial.input(), told(trial).values());
        }
        float[] kernel = shakes.of(trial.input()); // found once for all who are shown the picture
        return Condition.isSharp(kernel, trial.input().picture()) ? trial.input() : restored(trial.input(), kernel); // as the service does
    }

    private boolean asksForAShake() {
        return checkpoint.manifest().condition().equals(List.of(Shake.CONDITION));
    }

    private Planes restored(Planes input, float[] condition) {
        Manifest manifest = checkpoint.manifest();
        int scale = manifest.scale();
        if (manifest.blended()) {
            int side = Collections.min(manifest.tiles());
            var grid = new BlendedGrid(side, manifest.receptiveFieldRadius(), manifest.sizeMultiple(), QUANTUM);
            return BlendedTiles.restore(grid, input, scale, tile -> restore(tile, condition));
        }
        int wide = TileGrid.reference(input.width(), manifest.sizeMultiple(), QUANTUM);
        int high = TileGrid.reference(input.height(), manifest.sizeMultiple(), QUANTUM);
        // A mosaic's colours alternate, and so must its mirror's.
        Planes extended = input.channels() == 1 ? input.extendedTo(wide, high) : mirrored(input, wide, high);
        return restore(extended, condition).cut(0, 0, scale * input.width(), scale * input.height());
    }

    private Planes restore(Planes input, float[] condition) {
        int scale = checkpoint.manifest().scale();
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray x = TileTensors.toNetwork(Stack.of(scratch, List.of(input)), checkpoint.manifest());
            NDArray restored = checkpoint.forward(scratch, x, scratch.create(condition, new Shape(1, condition.length)));
            float[] values = TileTensors.fromNetwork(restored, checkpoint.manifest(), 3).toFloatArray();
            return new Planes(3, scale * input.height(), scale * input.width(), values);
        }
    }

    /** By the code that the service runs. */
    private Condition told(Trial trial) {
        var known = new Condition.Known(trial.sigma255(), trial.input().channels() == 1, trial.jpeg(), true);
        return Condition.of(checkpoint.manifest(), trial.input().picture(), known);
    }

    private static Planes mirrored(Planes picture, int wide, int high) {
        int margin = Math.max(wide - picture.width(), high - picture.height());
        return picture.extended(margin).cut(margin, margin, wide, high);
    }
}
