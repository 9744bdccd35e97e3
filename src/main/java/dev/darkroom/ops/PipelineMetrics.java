package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.model.store.ModelEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** How much work waits, how fast it goes, and what the store has. */
@ApplicationScoped
class PipelineMetrics {
    /** As {@link dev.darkroom.model.store.ModelState#label} calls them. */
    private static final List<String> STATES = List.of("loading", "ready", "resting", "draining", "failed", "unloaded");

    void register(@Observes StartupEvent event, MeterRegistry registry, Pipeline pipeline, InferenceMetrics devices) {
        pipeline.engine().devices().forEach(status -> devices.show(status.device()));
        Gauge.builder("darkroom.queue.requests", pipeline, p -> p.engine().queueDepth())
                .description("Requests with tiles that no device holds yet").register(registry);
        Gauge.builder("darkroom.queued", pipeline, p -> p.admission().queued().toMillis() / 1e3)
                .description("Seconds that the admitted work will take at the calibrated rate, as things are going").baseUnit("seconds").register(registry);
        Gauge.builder("darkroom.admitted", pipeline, p -> p.admission().admittedPixels())
                .description("Pixels of all admitted uploads").baseUnit("pixels").register(registry);
        Gauge.builder("darkroom.held", pipeline, p -> p.admission().heldBytes())
                .description("Memory of uploads, pixels and answers on admission's books").baseUnit("bytes").register(registry);
        Gauge.builder("darkroom.slowdown", pipeline, p -> p.engine().slowdown())
                .description("How many times as long batches take as when they were calibrated").register(registry);
        for (String state : STATES) {
            Gauge.builder("darkroom.models", pipeline, p -> inState(p.store().list(), state))
                    .description("Versions of checkpoints in the store by state").tag("state", state).register(registry);
        }
    }

    private static long inState(List<ModelEntry> entries, String state) {
        return entries.stream().filter(entry -> entry.state().label().equals(state)).count();
    }
}
