package dev.darkroom.inference.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A checkpoint on every device that serves it, its weights once on each. Any thread may run it. */
public final class TorchScriptCheckpoint implements AutoCloseable {
    private final List<Replica> replicas;
    /** Asked for again and again, of as many shapes as pictures have. */
    private final Map<TileShape, Duration> times = new ConcurrentHashMap<>();

    TorchScriptCheckpoint(List<Replica> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    public CheckpointId id() {
        return first().id();
    }

    public Manifest manifest() {
        return first().manifest();
    }

    public Precision precision() {
        return first().precision();
    }

    /** For example {@code cpu bfloat16} or {@code cuda:0 float16, cuda:1 float16}. */
    public String device() {
        return replicas.stream().map(replica -> Devices.name(replica.device()) + " " + replica.precision())
                .collect(Collectors.joining(", "));
    }

    /** What was measured on the first device. */
    public Calibration calibration() {
        return first().calibration();
    }

    /** Of the tiles that were timed on every device and that the network may be run on; the smallest first. */
    public List<Integer> sides() {
        int smallest = Collections.min(manifest().tiles());
        return first().calibration().sides().filter(side -> side >= smallest)
                .filter(side -> replicas.stream().allMatch(replica -> replica.calibration().sides().anyMatch(other -> other == side)))
                .boxed().toList();
    }

    /** What a tile takes of the devices' time, all of them together, by calibration. */
    public Duration timePerTile(TileShape shape) {
        return times.computeIfAbsent(shape, this::reckonTime);
    }

    private Duration reckonTime(TileShape shape) {
        double tilesPerNano = replicas.stream().mapToDouble(replica -> 1.0 / replica.calibration().nanosPerTile(shape)).sum();
        return Duration.ofNanos((long) (1 / tilesPerNano));
    }

    /** What a batch takes of one device by calibration, of the slowest if they differ. */
    public long nanosOfBatch(TileShape shape, int tiles) {
        return replicas.stream().mapToLong(replica -> replica.nanosOfBatch(shape, tiles)).max().orElseThrow();
    }

    public Replica on(Device device) {
        return replicas.stream().filter(replica -> replica.device().equals(device)).findFirst().orElseThrow();
    }

    public Replica first() {
        return replicas.get(0);
    }

    /** A manager on the first device; whoever asked closes it. */
    public NDManager newManager() {
        return first().newManager();
    }

    /**
     * Runs the network on the first device.
     *
     * @param x         (N,C,H,W) float32 in the manifest's range, H and W multiples of its size multiple
     * @param condition (N,K) float32; ignored if the network takes none
     * @return (N,C',H*scale,W*scale) float32, attached to {@code scratch}
     */
    public NDArray forward(NDManager scratch, NDArray x, NDArray condition) {
        return first().forward(scratch, x, condition);
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
    }
}
