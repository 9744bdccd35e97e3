package dev.darkroom.ops;

import dev.darkroom.batching.Admission;
import dev.darkroom.compare.Comparer;
import dev.darkroom.enhance.Enhancer;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.model.store.ModelStore;
import dev.darkroom.model.store.Room;
import dev.darkroom.score.Scorer;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the service together from its configuration, and takes it apart at the end, when accepted work is done. */
@ApplicationScoped
class Wiring {
    private final Pipeline pipeline;
    private final Scorer scorer;

    Wiring(DarkroomConfig config, InferenceMetrics inference, BatchingMetrics batching, Instance<DeviceHook> hook) {
        var instruments = new Instruments(inference, batching, hook.isResolvable() ? hook.get() : DeviceHook.none());
        pipeline = Pipeline.open(config.modelStore(), new Room(config.inference().residentModels().asLongValue()), config.inferenceSettings(), config.enhanceSettings(), instruments);
        scorer = new Scorer(pipeline.admission(), config.scoreSettings(), new FeatureNetworks(config.modelStore().resolve("features")),
                pipeline.turns(), () -> config.scoring().givesWay() && pipeline.engine().queueDepth() > 0);
    }

    void stop(@Observes ShutdownEvent event) {
        scorer.close();
        pipeline.close();
    }

    @Produces
    @Singleton
    Pipeline pipeline() {
        return pipeline;
    }

    @Produces
    @Singleton
    Admission admission() {
        return pipeline.admission();
    }

    @Produces
    @Singleton
    Enhancer enhancer() {
        return pipeline.enhancer();
    }

    @Produces
    @Singleton
    Scorer scorer() {
        return scorer;
    }

    @Produces
    @Singleton
    Comparer comparer() {
        return new Comparer(pipeline.enhancer(), scorer, pipeline.admission());
    }

    @Produces
    @Singleton
    ModelStore<TorchScriptCheckpoint> store() {
        return pipeline.store();
    }
}
