package dev.darkroom.inference;

import ai.djl.Device;
import dev.darkroom.batching.Taker;
import dev.darkroom.inference.device.Devices;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

/** One instance of a device: one batch at a time, whoever's it is. Its workers prepare and deliver theirs meanwhile. */
final class DeviceInstance {
    private final Device device;
    private final MemoryCap cap;
    private final Lock turn;
    private final BatchClock clock = new BatchClock();
    private final Taker taker = new Taker();
    private final Slowdown slowdown;
    private volatile boolean lost;

    /**
     * @param cap    shared by all instances of the device
     * @param beside instances of the device, this one too
     * @param turn   held by whoever's calculation is on it
     */
    DeviceInstance(Device device, MemoryCap cap, int beside, Lock turn) {
        this.device = device;
        this.cap = cap;
        this.turn = turn;
        // A CPU's instances have cores of their own; a GPU's have none, and what each has is what the others leave.
        slowdown = new Slowdown(device.isGpu() ? beside : 1);
    }

    Device device() {
        return device;
    }

    String name() {
        return Devices.name(device);
    }

    MemoryCap cap() {
        return cap;
    }

    /** Held by whoever's batch is on the device. */
    Lock turn() {
        return turn;
    }

    /** Of the batch whose turn it is. */
    BatchClock clock() {
        return clock;
    }

    /** As the queue sees it. */
    Taker taker() {
        return taker;
    }

    Slowdown slowdown() {
        return slowdown;
    }

    /** @return whether this is news */
    synchronized boolean lose() {
        boolean news = !lost;
        lost = true;
        return news;
    }

    /** @return whether this is news */
    synchronized boolean comeBack() {
        boolean news = lost;
        lost = false;
        return news;
    }

    boolean isLost() {
        return lost;
    }

    DeviceStatus status() {
        Duration busyFor = clock.busyFor();
        DeviceStatus.State state = lost ? DeviceStatus.State.LOST : clock.isStuck(busyFor) ? DeviceStatus.State.STUCK : DeviceStatus.State.WORKING;
        return new DeviceStatus(name(), state, busyFor, cap.pixels());
    }
}
