package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How much work waits. */
@ApplicationScoped
class QueueMetrics {
    void register(@Observes StartupEvent event, MeterRegistry registry, Pipeline pipeline) {
        Gauge.builder("darkroom.queue.requests", pipeline, p -> p.engine().queueDepth())
                .description("Requests with tiles that no device holds yet").register(registry);
        Gauge.builder("darkroom.queued", pipeline, p -> p.admission().queued().toMillis() / 1e3)
                .description("Seconds that the admitted work will take at the calibrated rate, as things are going").baseUnit("seconds").register(registry);
        Gauge.builder("darkroom.admitted", pipeline, p -> p.admission().admittedPixels())
                .description("Pixels of all admitted uploads").baseUnit("pixels").register(registry);
    }
}
