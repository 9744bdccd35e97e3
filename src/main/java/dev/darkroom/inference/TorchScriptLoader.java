package dev.darkroom.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointLoader;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Loads a checkpoint onto the device, proves it by its self-test and chooses the precision it will run in. */
public final class TorchScriptLoader implements CheckpointLoader<TorchScriptCheckpoint> {
    private final InferenceSettings settings;
    private final Device device;

    public TorchScriptLoader(InferenceSettings settings) {
        this.settings = settings;
        device = Devices.open(settings);
    }

    public String device() {
        return Devices.name(device);
    }

    @Override
    public TorchScriptCheckpoint load(CheckpointId id, Manifest manifest, Path modelFile) {
        if (manifest.channels().in() != 3 || manifest.channels().out() != 3) {
            throw new CheckpointRefusedException("only checkpoints with three channels in and out can be served");
        }
        Model model = Model.newInstance(id.toString(), device, "PyTorch");
        try {
            model.load(modelFile, null, Map.of("mapLocation", "true"));
            var checkpoint = new TorchScriptCheckpoint(id, manifest, model, Precision.FLOAT32);
            SelfTestRun.check(checkpoint);
            checkpoint = checkpoint.in(PrecisionChoice.choose(checkpoint, settings.precision()));
            warmUp(checkpoint);
            return checkpoint;
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new CheckpointRefusedException("the engine cannot load it as TorchScript", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Every tile size once, so that no request pays for the engine's preparations. */
    private static void warmUp(TorchScriptCheckpoint checkpoint) {
        Manifest manifest = checkpoint.manifest();
        for (int side : manifest.tiles()) {
            try (NDManager scratch = checkpoint.newManager()) {
                NDArray x = scratch.zeros(new Shape(1, manifest.channels().in(), side, side));
                NDArray condition = scratch.zeros(new Shape(1, manifest.condition().size()));
                checkpoint.forward(scratch, x, condition);
            }
        }
    }
}
