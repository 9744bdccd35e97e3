package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.DeviceStatus;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Started: every checkpoint has been tried. Ready: each task that the store has is served, or all its checkpoints were refused; once
 * started, whatever serves is enough, so that a new task does not take away the others. Live: no device is stuck, and one works; where
 * one of several is lost, the others do the work, and it may come back. All on the event loop, so that no work makes them wait.
 */
@ApplicationScoped
class HealthChecks {
    @Produces
    @Startup
    AsyncHealthCheck started(StoreLoading loading) {
        return () -> Uni.createFrom().item(() -> HealthCheckResponse.named("model store loaded").status(loading.isDone()).build());
    }

    @Produces
    @Readiness
    AsyncHealthCheck ready(Pipeline pipeline, StoreLoading loading) {
        return () -> Uni.createFrom().item(() -> HealthCheckResponse.named("every task is served")
                .status(loading.isDone() ? pipeline.store().servesSomething() : pipeline.store().servesEveryTask()).build());
    }

    @Produces
    @Liveness
    AsyncHealthCheck live(Pipeline pipeline) {
        return () -> Uni.createFrom().item(() -> {
            List<DeviceStatus> devices = pipeline.engine().devices();
            var response = HealthCheckResponse.named("devices work");
            devices.forEach(device -> response.withData(device.device(), device.state().toString().toLowerCase(Locale.ROOT)));
            return response.status(DeviceStatus.serve(devices)).build();
        });
    }
}
