package dev.darkroom.bench.device;

/** Takes a device's memory away. */
@FunctionalInterface
interface Scarcity {
    /** Leaves so many bytes free until the result is closed. */
    AutoCloseable leaving(long bytes);
}
