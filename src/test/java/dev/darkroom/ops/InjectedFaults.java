package dev.darkroom.ops;

import ai.djl.ndarray.NDArray;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.model.Precision;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** The devices of every service under test, which work unless a test says otherwise. */
@Singleton
class InjectedFaults implements DeviceHook {
    private volatile DeviceHook hook = DeviceHook.none();

    void inject(DeviceHook faults) {
        hook = faults;
    }

    @Override
    public NDArray forward(String device, Precision precision, NDArray x, Supplier<NDArray> network) {
        return hook.forward(device, precision, x, network);
    }
}
