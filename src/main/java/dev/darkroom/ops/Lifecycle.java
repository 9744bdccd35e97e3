package dev.darkroom.ops;

import dev.darkroom.enhance.Enhancer;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.inference.TorchScriptCheckpoint;
import dev.darkroom.loss.FeatureNetworks;
import dev.darkroom.model.ModelEntry;
import dev.darkroom.model.ModelState;
import dev.darkroom.model.ModelStore;
import dev.darkroom.score.Scorer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Puts the pipeline together, fills the store in the background while the port is already open, and drains at the end. */
@ApplicationScoped
class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final Pipeline pipeline;
    private final Scorer scorer;
    private volatile boolean loaded;

    Lifecycle(DarkroomConfig config, InferenceMetrics inference, BatchingMetrics batching, Instance<DeviceHook> hook) {
        var instruments = new Instruments(inference, batching, hook.isResolvable() ? hook.get() : DeviceHook.none());
        pipeline = Pipeline.open(config.modelStore(), config.inferenceSettings(), config.enhanceSettings(), instruments);
        scorer = new Scorer(pipeline.admission(), config.scoreSettings(), new FeatureNetworks(config.modelStore().resolve("features")));
    }

    void start(@Observes StartupEvent event) {
        Thread loading = new Thread(this::load, "model-loading");
        loading.setDaemon(true);
        loading.start();
    }

    void stop(@Observes ShutdownEvent event) {
        scorer.close();
        pipeline.close();
    }

    private void load() {
        try {
            pipeline.enhancer().warmUp();
            pipeline.store().reload().forEach(Lifecycle::log);
        } catch (RuntimeException e) {
            LOG.error("the model store cannot be loaded", e);
        } finally {
            loaded = true;
        }
    }

    private static void log(ModelEntry entry) {
        if (entry.state() instanceof ModelState.Failed failed) {
            LOG.errorf("%s failed: %s", entry.id(), failed.reason());
        } else {
            LOG.infof("%s %s", entry.id(), entry.state());
        }
    }

    /** Whether every version of the store has been tried once. */
    boolean hasLoaded() {
        return loaded;
    }

    boolean hasReadyCheckpoint() {
        return pipeline.store().list().stream().anyMatch(entry -> entry.state() instanceof ModelState.Ready);
    }

    @Produces
    @Singleton
    Pipeline pipeline() {
        return pipeline;
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
    ModelStore<TorchScriptCheckpoint> store() {
        return pipeline.store();
    }
}
