package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started: every checkpoint has been tried. Ready: at least one serves. Live: the device's worker runs. */
@ApplicationScoped
class HealthChecks {
    @Produces
    @Startup
    HealthCheck started(Lifecycle lifecycle) {
        return () -> HealthCheckResponse.named("model store loaded").status(lifecycle.hasLoaded()).build();
    }

    @Produces
    @Readiness
    HealthCheck ready(Lifecycle lifecycle) {
        return () -> HealthCheckResponse.named("a checkpoint is ready").status(lifecycle.hasReadyCheckpoint()).build();
    }

    @Produces
    @Liveness
    HealthCheck live(Pipeline pipeline) {
        return () -> HealthCheckResponse.named("device worker").status(pipeline.engine().isAlive())
                .withData("device", pipeline.loader().device()).build();
    }
}
