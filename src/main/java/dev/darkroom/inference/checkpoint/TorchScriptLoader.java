package dev.darkroom.inference.checkpoint;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.inference.checkpoint.CalibrationFile.Measured;
import dev.darkroom.inference.device.DeviceDescription;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.inference.device.OutOfMemory;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.store.CheckpointLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Loads a checkpoint onto its devices, proves it by its self-test, chooses the precision it will run in and calibrates it. */
public final class TorchScriptLoader implements CheckpointLoader<TorchScriptCheckpoint> {
    private final InferenceSettings settings;
    private final Calibrator calibrator;
    private final PrecisionChoice precisions = new PrecisionChoice();
    private final List<Device> devices;
    /** By network: checkpoints that differ in their weights alone take the same time. */
    private final Map<List<Object>, Measured> known = new ConcurrentHashMap<>();
    /** By device. */
    private final Map<String, String> models = new ConcurrentHashMap<>();

    /** For devices that nobody else uses. */
    public TorchScriptLoader(InferenceSettings settings) {
        this(settings, new Turns());
    }

    /** @param turns taken while a checkpoint is timed */
    public TorchScriptLoader(InferenceSettings settings, Turns turns) {
        this.settings = settings;
        calibrator = new Calibrator(settings, turns);
        devices = Devices.find(settings.device());
    }

    @Override
    public TorchScriptCheckpoint load(CheckpointId id, Manifest manifest, Path modelFile) {
        if (!isGrayOrColour(manifest.channels().in()) || !isGrayOrColour(manifest.channels().out())) {
            throw new CheckpointRefusedException("only checkpoints with one or three channels in and out can be served");
        }
        List<Replica> replicas = new ArrayList<>();
        int threads = JniUtils.getNumThreads();
        JniUtils.setNumThreads(settings.threadsOfAnInstance()); // of this thread, as the instances will be measured and run
        try {
            for (Device device : devices) {
                replicas.add(load(id, manifest, modelFile, device));
            }
            return new TorchScriptCheckpoint(replicas);
        } catch (RuntimeException e) {
            replicas.forEach(Replica::close);
            throw e;
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }

    private static boolean isGrayOrColour(int channels) {
        return channels == 1 || channels == 3;
    }

    private Replica load(CheckpointId id, Manifest manifest, Path modelFile, Device device) {
        Model model = Model.newInstance(id.toString(), device, "PyTorch");
        try {
            model.load(modelFile, null, Map.of("mapLocation", "true"));
            var float32 = new Replica(id, manifest, model, Precision.FLOAT32, null);
            SelfTestRun.check(float32);
            return calibrated(float32, modelFile);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new CheckpointRefusedException(OutOfMemory.is(e) ? "the device has no memory for it now" : "the engine cannot load it as TorchScript", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private Replica calibrated(Replica float32, Path modelFile) {
        String precision = settings.precision().map(Precision::toString).orElse("auto");
        var file = new CalibrationFile(modelFile, float32.manifest().sha256(), calibrator.describe(float32.device(), precision),
                models.computeIfAbsent(Devices.name(float32.device()), name -> DeviceDescription.of(name).model()),
                calibrator.conditions(float32.manifest()));
        Measured measured = ofAnother(float32).or(() -> kept(float32, file)).orElseGet(() -> measure(float32));
        known.put(network(float32), measured);
        file.write(measured);
        return as(float32, measured);
    }

    private Optional<Measured> ofAnother(Replica float32) {
        return Optional.ofNullable(known.get(network(float32))).filter(other -> holds(float32, other));
    }

    private Optional<Measured> kept(Replica float32, CalibrationFile file) {
        return file.read().filter(kept -> holds(float32, kept));
    }

    /** What was measured in bad company, or of other weights, is not passed on. */
    private boolean holds(Replica float32, Measured measured) {
        return PrecisionChoice.isFaithful(float32, as(float32, measured)) && calibrator.stillHolds(as(float32, measured));
    }

    private Measured measure(Replica float32) {
        Precision precision = precisions.choose(float32, settings.precision());
        return new Measured(precision, calibrator.measure(float32.in(precision)));
    }

    private static Replica as(Replica float32, Measured measured) {
        return float32.in(measured.precision()).withCalibration(measured.calibration());
    }

    private static List<Object> network(Replica replica) {
        Manifest manifest = replica.manifest();
        return List.of(replica.device(), manifest.architecture(), manifest.parameters(), manifest.channels(), manifest.scale(), manifest.tiles(),
                manifest.precisions());
    }
}
