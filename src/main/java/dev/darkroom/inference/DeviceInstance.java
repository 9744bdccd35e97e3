package dev.darkroom.inference;

import ai.djl.Device;
import dev.darkroom.batching.Taker;
import dev.darkroom.inference.checkpoint.Replica;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.inference.device.Processor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/** One instance of a device: one batch at a time, and on a CPU short ones beside a long one. Its workers prepare and deliver theirs meanwhile. */
final class DeviceInstance {
    private final Device device;
    private final MemoryCaps caps;
    private final InTurn inTurn;
    private final Optional<Overtaking> overtaking;
    private final Taker taker = new Taker();
    private final Slowdown slowdown;
    private volatile boolean lost;

    /**
     * @param caps    shared by all instances of the device
     * @param beside  instances of the device, this one too
     * @param turn    held by whoever's calculation is on it
     * @param onBegin told whenever a batch begins to run, beside which another may
     */
    DeviceInstance(Device device, MemoryCaps caps, int beside, Lock turn, Runnable onBegin) {
        this.device = device;
        this.caps = caps;
        inTurn = new InTurn(this, turn, device.isGpu() ? () -> {} : onBegin);
        overtaking = device.isGpu() || !Processor.isLeftByWhoWaits() ? Optional.empty() : Optional.of(new Overtaking(this, inTurn));
        // A CPU's instances have cores of their own; a GPU's have none, and what each has is what the others leave.
        slowdown = new Slowdown(device.isGpu() ? beside : 1);
    }

    Device device() {
        return device;
    }

    String name() {
        return Devices.name(device);
    }

    /** What the tiles' network may have of the device's memory. */
    MemoryCap cap(TileKey key) {
        return caps.of(key);
    }

    /** A worker for each. A GPU has two in turn, of which one's batch is read and delivered while the other's runs. */
    List<Lane> lanes() {
        return device.isGpu() ? List.of(inTurn, inTurn) : Stream.concat(Stream.of(inTurn), overtaking.stream()).toList();
    }

    /** As many tiles as make the device as fast as it gets, if its memory is known to hold them. */
    int largestBatch(TileKey key) {
        int worthwhile = replica(key).tilesPerBatch(key.shape());
        return (int) Math.max(1, Math.min(worthwhile, cap(key).pixels() / key.shape().pixels()));
    }

    /** Of the tiles' checkpoint. */
    Replica replica(TileKey key) {
        return key.checkpoint().on(device);
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
        Duration busyFor = lanes().stream().map(lane -> lane.clock().busyFor()).max(Comparator.naturalOrder()).orElseThrow();
        boolean stuck = lanes().stream().anyMatch(lane -> lane.clock().isStuck());
        DeviceStatus.State state = lost ? DeviceStatus.State.LOST : stuck ? DeviceStatus.State.STUCK : DeviceStatus.State.WORKING;
        return new DeviceStatus(name(), state, busyFor, caps.smallest());
    }
}
