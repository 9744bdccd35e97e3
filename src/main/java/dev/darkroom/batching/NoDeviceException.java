package dev.darkroom.batching;

/** No device is left that could do the work. */
public final class NoDeviceException extends RuntimeException {
    public NoDeviceException() {
        super("No device is able to work.");
    }
}
