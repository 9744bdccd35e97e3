package dev.darkroom.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointLoader;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads a checkpoint onto its devices, proves it by its self-test, chooses the precision it will run in and calibrates it. */
public final class TorchScriptLoader implements CheckpointLoader<TorchScriptCheckpoint> {
    private final InferenceSettings settings;
    private final Calibrator calibrator;
    private final List<Device> devices;

    public TorchScriptLoader(InferenceSettings settings) {
        this.settings = settings;
        calibrator = new Calibrator(settings);
        devices = Devices.find(settings.device());
    }

    @Override
    public TorchScriptCheckpoint load(CheckpointId id, Manifest manifest, Path modelFile) {
        if (!isGrayOrColour(manifest.channels().in()) || !isGrayOrColour(manifest.channels().out())) {
            throw new CheckpointRefusedException("only checkpoints with one or three channels in and out can be served");
        }
        List<Replica> replicas = new ArrayList<>();
        try {
            for (Device device : devices) {
                replicas.add(load(id, manifest, modelFile, device));
            }
            return new TorchScriptCheckpoint(replicas);
        } catch (RuntimeException e) {
            replicas.forEach(Replica::close);
            throw e;
        }
    }

    private static boolean isGrayOrColour(int channels) {
        return channels == 1 || channels == 3;
    }

    private Replica load(CheckpointId id, Manifest manifest, Path modelFile, Device device) {
        JniUtils.setNumThreads(settings.threadsOfAnInstance()); // of this thread
        Model model = Model.newInstance(id.toString(), device, "PyTorch");
        try {
            model.load(modelFile, null, Map.of("mapLocation", "true"));
            var replica = new Replica(id, manifest, model, Precision.FLOAT32, null);
            SelfTestRun.check(replica);
            replica = replica.in(PrecisionChoice.choose(replica, settings.precision()));
            return replica.with(calibration(replica, modelFile));
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new CheckpointRefusedException("the engine cannot load it as TorchScript", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private Calibration calibration(Replica replica, Path modelFile) {
        var file = new CalibrationFile(modelFile, replica.manifest().sha256(), calibrator.describe(replica));
        Optional<Calibration> known = file.read();
        if (known.isPresent() && calibrator.stillHolds(replica, known.get())) {
            return known.get();
        }
        Calibration measured = calibrator.measure(replica);
        file.write(measured);
        return measured;
    }
}
