package dev.darkroom.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.checkpoint.Replica;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TileTensors;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Runs tiles of one key through their checkpoint: read, compute, write. Belongs to one thread, which reuses its input buffer.
 *
 * <p>Reading and writing touch the host's memory only, so that another thread's batch can be on the device meanwhile.
 */
final class BatchRun {
    private final DeviceHook hook;
    private final InferenceEvents events;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
    private int tilesRead;

    BatchRun(DeviceHook hook, InferenceEvents events) {
        this.hook = hook;
        this.events = events;
    }

    /** Forgets what was read. */
    void reset() {
        tilesRead = 0;
    }

    /** Reads the tiles that have not been read yet; there may be more of them than before. */
    void read(List<? extends TileWork> tiles, TileShape shape) {
        int bytes = Math.multiplyExact(tiles.size(), shape.bytes());
        if (buffer.capacity() < bytes) {
            ByteBuffer larger = ByteBuffer.allocateDirect(bytes);
            larger.put(buffer.limit(tilesRead * shape.bytes()).rewind());
            buffer = larger;
        }
        buffer.limit(bytes).position(tilesRead * shape.bytes());
        tiles.subList(tilesRead, tiles.size()).forEach(tile -> tile.read(buffer));
        tilesRead = tiles.size();
    }

    /** @return the restored samples of all tiles that were read, valid as long as {@code scratch} */
    ByteBuffer compute(NDManager scratch, Replica replica, List<? extends TileWork> tiles, TileShape shape) {
        Manifest manifest = replica.manifest();
        NDArray x = TileTensors.decode(scratch, buffer.rewind(), tiles.size(), shape);
        NDArray restored = forward(scratch, replica, TileTensors.toNetwork(x, manifest), condition(scratch, tiles, manifest));
        NDArray values = blend(scratch, tiles, x, TileTensors.fromNetwork(restored, manifest, shape.restoredBy(manifest).channels()));
        return TileTensors.encode(values, shape.bytesPerSample());
    }

    private NDArray forward(NDManager scratch, Replica replica, NDArray x, NDArray condition) {
        String device = Devices.name(replica.device());
        NDArray y = hook.forward(device, replica.precision(), x, () -> replica.forward(scratch, x, condition));
        if (isFinite(y)) {
            return y;
        }
        if (replica.precision() == Precision.FLOAT32) {
            throw new NonFiniteOutputException();
        }
        events.recomputed(device);
        y.close();
        return forward(scratch, replica.in(Precision.FLOAT32), x, condition);
    }

    /** What is not a number, or infinite, stays so in a sum. */
    private static boolean isFinite(NDArray values) {
        try (NDArray sum = values.sum()) {
            return Float.isFinite(sum.getFloat());
        }
    }

    void write(List<? extends TileWork> tiles, ByteBuffer results) {
        int bytes = results.capacity() / tiles.size();
        for (int i = 0; i < tiles.size(); i++) {
            tiles.get(i).write(results.limit((i + 1) * bytes).position(i * bytes));
        }
    }

    private static NDArray condition(NDManager scratch, List<? extends TileWork> tiles, Manifest manifest) {
        FloatBuffer values = FloatBuffer.allocate(tiles.size() * manifest.columns());
        tiles.forEach(tile -> values.put(tile.condition()));
        return scratch.create(values.flip(), new Shape(tiles.size(), manifest.columns()));
    }

    private static NDArray blend(NDManager scratch, List<? extends TileWork> tiles, NDArray x, NDArray restored) {
        if (tiles.stream().allMatch(tile -> tile.strength() == 1)) {
            return restored;
        }
        FloatBuffer strengths = FloatBuffer.allocate(tiles.size());
        tiles.forEach(tile -> strengths.put(tile.strength()));
        NDArray strength = scratch.create(strengths.flip(), new Shape(tiles.size(), 1, 1, 1));
        return x.add(restored.sub(x).mul(strength));
    }
}
