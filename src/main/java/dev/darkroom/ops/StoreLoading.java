package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Fills the store in the background while the port is already open. */
@ApplicationScoped
class StoreLoading {
    private static final Logger LOG = Logger.getLogger(StoreLoading.class);

    private final Pipeline pipeline;
    private volatile boolean done;

    StoreLoading(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    void start(@Observes StartupEvent event) {
        Thread loading = new Thread(this::load, "model-loading");
        loading.setDaemon(true);
        loading.start();
    }

    private void load() {
        try {
            pipeline.enhancer().warmUp();
            pipeline.store().reload().forEach(StoreLoading::log);
        } catch (RuntimeException e) {
            LOG.error("the model store cannot be loaded", e);
        } finally {
            done = true;
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
    boolean isDone() {
        return done;
    }
}
