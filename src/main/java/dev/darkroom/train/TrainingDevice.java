package dev.darkroom.train;

import ai.djl.Device;
import dev.darkroom.inference.device.Devices;

/** The one device that a training uses. */
final class TrainingDevice {
    private TrainingDevice() {}

    /**
     * @param wanted {@code auto} (the first CUDA device, else the CPU), {@code cpu} or {@code cuda:N}
     * @throws IllegalArgumentException if it is none of these, or not there
     */
    static Device of(String wanted) {
        if (wanted.contains(",")) {
            throw new IllegalArgumentException("a training uses one device");
        }
        String name = Devices.names(wanted).get(0);
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring(name.indexOf(':') + 1)));
    }
}
