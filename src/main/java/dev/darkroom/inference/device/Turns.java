package dev.darkroom.inference.device;

import ai.djl.Device;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose calculation is on a device: one at a time on each of its instances, first come, first served. Batches of tiles, calibrations and measures take
 * turns, so that none is timed in another's company. Thread-safe.
 */
public final class Turns {
    private record Instance(String device, int number) {}

    private final Map<Instance, Lock> locks = new ConcurrentHashMap<>();

    /** Held by whoever's turn it is. */
    public Lock of(Device device, int instance) {
        return of(Devices.name(device), instance);
    }

    /** That of a device's first instance. */
    public Lock of(String device) {
        return of(device, 0);
    }

    private Lock of(String device, int instance) {
        return locks.computeIfAbsent(new Instance(device, instance), key -> new ReentrantLock(true));
    }
}
