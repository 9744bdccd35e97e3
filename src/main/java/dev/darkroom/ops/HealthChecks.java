package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.DeviceStatus;
import dev.darkroom.model.store.ModelState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started: every checkpoint has been tried. Ready: at least one serves. Live: every device works. */
@ApplicationScoped
class HealthChecks {
    @Produces
    @Startup
    HealthCheck started(StoreLoading loading) {
        return () -> HealthCheckResponse.named("model store loaded").status(loading.isDone()).build();
    }

    @Produces
    @Readiness
    HealthCheck ready(Pipeline pipeline) {
        return () -> HealthCheckResponse.named("a checkpoint is ready")
                .status(pipeline.store().list().stream().anyMatch(entry -> entry.state() instanceof ModelState.Ready)).build();
    }

    @Produces
    @Liveness
    HealthCheck live(Pipeline pipeline) {
        return () -> {
            List<DeviceStatus> devices = pipeline.engine().devices();
            var response = HealthCheckResponse.named("devices work");
            devices.forEach(device -> response.withData(device.device(), device.state().toString().toLowerCase(Locale.ROOT)));
            return response.status(devices.stream().allMatch(device -> device.state() == DeviceStatus.State.WORKING)).build();
        };
    }
}
