package dev.darkroom;

import dev.darkroom.inference.device.Devices;

/** The device of tests tagged {@code gpu}; the property {@code darkroom.test.device} names another, {@code cpu} to try the tests themselves. */
public final class Gpu {
    public static final String DEVICE = System.getProperty("darkroom.test.device", "cuda:0");

    private Gpu() {}

    /** Whoever asks for these tests wants them run: without the device they fail. */
    public static void require() {
        require(DEVICE);
    }

    static void require(String device) {
        try {
            Devices.names(device);
        } catch (IllegalArgumentException e) {
            throw new AssertionError("These tests need a CUDA device: " + e.getMessage() + ". docs/gpu.md says what the engine needs to find one.", e);
        }
    }
}
