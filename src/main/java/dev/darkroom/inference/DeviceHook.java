package dev.darkroom.inference;

import ai.djl.ndarray.NDArray;
import dev.darkroom.model.Precision;
import java.util.function.Supplier;

/** Stands between the service and its devices: the one seam at which tests make a device slow, full, wrong or dead. */
@FunctionalInterface
public interface DeviceHook {
    /**
     * Runs a network.
     *
     * @param device    for example {@code cuda:0}
     * @param x         (N,C,H,W), what the network is about to see
     * @param network   runs it and gives (N,C',H*scale,W*scale)
     */
    NDArray forward(String device, Precision precision, NDArray x, Supplier<NDArray> network);

    static DeviceHook none() {
        return (device, precision, x, network) -> network.get();
    }
}
