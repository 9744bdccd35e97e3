package dev.darkroom.enhance;

import dev.darkroom.batching.Admission;
import dev.darkroom.inference.InferenceEngine;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.model.store.CheckpointLoader;
import dev.darkroom.model.store.ModelStore;
import dev.darkroom.model.store.Room;
import java.nio.file.Path;

/** The parts that turn uploads into answers, put together the same way for the service and for the command line. */
public record Pipeline(TorchScriptLoader loader, ModelStore<TorchScriptCheckpoint> store, Turns turns, InferenceEngine engine,
        Admission admission, Enhancer enhancer) implements AutoCloseable {

    /** With room for every checkpoint. The store is still empty: {@link ModelStore#reload} fills it. */
    public static Pipeline open(Path storeRoot, InferenceSettings inference, EnhanceSettings enhance, Instruments instruments) {
        return open(storeRoot, Room.UNLIMITED, inference, enhance, instruments);
    }

    /** @param room what of the checkpoints is in memory at a time */
    public static Pipeline open(Path storeRoot, Room room, InferenceSettings inference, EnhanceSettings enhance, Instruments instruments) {
        var turns = new Turns();
        var loader = new TorchScriptLoader(inference, turns);
        var store = new ModelStore<>(storeRoot, (CheckpointLoader<TorchScriptCheckpoint>) (id, manifest, modelFile) -> {
            TaskContract.check(manifest);
            return loader.load(id, manifest, modelFile);
        }, room);
        var engine = new InferenceEngine(inference, turns, instruments.inference(), instruments.batching(), instruments.hook());
        var admission = new Admission(enhance.capacity(), inference.batchTime(), instruments.batching());
        return new Pipeline(loader, store, turns, engine, admission, new Enhancer(store, engine, admission, enhance));
    }

    /** Finishes accepted work, then frees the devices. */
    @Override
    public void close() {
        engine.close();
        enhancer.close();
        store.close();
    }
}
