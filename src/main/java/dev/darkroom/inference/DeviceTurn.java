package dev.darkroom.inference;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** One instance of a device: one batch at a time, whoever's it is. Its workers prepare and deliver theirs meanwhile. */
final class DeviceTurn {
    /** A batch that takes this much longer than calibrated, and at least so long, will never end. */
    private static final int STUCK_FACTOR = 50;
    private static final Duration STUCK = Duration.ofSeconds(60);

    private final Device device;
    private final MemoryCap cap;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile long busySince;
    private volatile long expectedNanos;
    private volatile boolean busy;
    private volatile boolean lost;

    DeviceTurn(Device device, MemoryCap cap) {
        this.device = device;
        this.cap = cap;
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

    void lock() {
        turn.lock();
    }

    void unlock() {
        turn.unlock();
    }

    void began(long calibratedNanos) {
        expectedNanos = calibratedNanos;
        busySince = System.nanoTime();
        busy = true;
    }

    /** @return how long it took */
    Duration ended() {
        busy = false;
        return Duration.ofNanos(System.nanoTime() - busySince);
    }

    /** @return whether this is news */
    synchronized boolean lose() {
        boolean news = !lost;
        lost = true;
        return news;
    }

    boolean isLost() {
        return lost;
    }

    /** Gives cached memory back to the device. */
    void releaseMemory() {
        if (device.isGpu()) {
            JniUtils.emptyCudaCache();
        }
    }

    DeviceStatus status() {
        Duration busyFor = busy ? Duration.ofNanos(System.nanoTime() - busySince) : Duration.ZERO;
        boolean stuck = busyFor.compareTo(STUCK) > 0 && busyFor.toNanos() / STUCK_FACTOR > expectedNanos;
        DeviceStatus.State state = lost ? DeviceStatus.State.LOST : stuck ? DeviceStatus.State.STUCK : DeviceStatus.State.WORKING;
        return new DeviceStatus(name(), state, busyFor, cap.pixels());
    }
}
