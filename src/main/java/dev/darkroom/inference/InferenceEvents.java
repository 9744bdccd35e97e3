package dev.darkroom.inference;

/** What happens on the devices, for whoever counts it; called on a device's thread, so it must be quick. */
@FunctionalInterface
public interface InferenceEvents {
    void batchRan(int tiles, long pixels, long nanoseconds);

    static InferenceEvents none() {
        return (tiles, pixels, nanoseconds) -> { };
    }
}
