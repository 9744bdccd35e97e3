package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.memory.FreeMemory;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.model.store.StoreUnreadableException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Fills the store in the background while the port is already open. One that is not there, or has nothing in it, is looked for again: a
 * volume may be mounted late.
 */
@ApplicationScoped
class StoreLoading {
    private static final Logger LOG = Logger.getLogger(StoreLoading.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Pipeline pipeline;
    private final Predicate<Duration> pause;
    private volatile boolean done;

    @Inject
    StoreLoading(Pipeline pipeline) {
        this(pipeline, StoreLoading::sleep);
    }

    /** @param pause waits, and says whether to go on */
    StoreLoading(Pipeline pipeline, Predicate<Duration> pause) {
        this.pipeline = pipeline;
        this.pause = pause;
    }

    void start(@Observes StartupEvent event) {
        Thread loading = new Thread(this::load, "model-loading");
        loading.setDaemon(true);
        loading.start();
    }

    void load() {
        try {
            pipeline.enhancer().warmUp();
        } catch (RuntimeException e) {
            LOG.error("the codecs do not work", e);
        }
        Duration next = FIRST_PAUSE;
        while (!isFound()) {
            done = true;
            if (!pause.test(next)) {
                return;
            }
            next = next.compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
        }
        done = true;
        FreeMemory.giveBack();
    }

    private boolean isFound() {
        try {
            List<ModelEntry> entries = pipeline.store().reload();
            entries.forEach(StoreLoading::log);
            if (entries.isEmpty() && !done) {
                LOG.error("the model store is empty: it is looked at again until it is not");
            }
            return !entries.isEmpty();
        } catch (StoreUnreadableException e) {
            if (!done) {
                LOG.error("the model store cannot be read: it is tried again until it can", e);
            }
            return false;
        } catch (RuntimeException e) {
            LOG.error("the model store cannot be loaded", e);
            return true;
        }
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void log(ModelEntry entry) {
        if (entry.state() instanceof ModelState.Failed failed) {
            LOG.errorf("%s failed: %s", entry.id(), failed.reason());
        } else {
            LOG.infof("%s %s", entry.id(), entry.state().label());
        }
    }

    /** Whether every version that the store had has been tried once. */
    boolean isDone() {
        return done;
    }
}
