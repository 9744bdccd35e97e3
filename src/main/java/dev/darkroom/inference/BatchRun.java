package dev.darkroom.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/** Runs tiles of one key through their checkpoint, with one input buffer that grows as needed. Belongs to one thread. */
final class BatchRun {
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /** Every tile has its result when this returns; none has when it throws. */
    void run(TileKey key, List<? extends TileWork> tiles) {
        TileShape shape = key.shape();
        Manifest manifest = key.checkpoint().manifest();
        ByteBuffer samples = read(tiles, shape);
        try (NDManager scratch = key.checkpoint().newManager()) {
            NDArray x = TileTensors.decode(scratch, samples, tiles.size(), shape);
            NDArray restored = key.checkpoint()
                    .forward(scratch, TileTensors.toNetwork(x, manifest), condition(scratch, tiles, manifest));
            NDArray values = blend(scratch, tiles, x, TileTensors.fromNetwork(restored, manifest, shape.channels()));
            write(tiles, TileTensors.encode(values, shape.bytesPerSample()), shape.scaled(manifest.scale()).bytes());
        }
    }

    private ByteBuffer read(List<? extends TileWork> tiles, TileShape shape) {
        int bytes = Math.multiplyExact(tiles.size(), shape.bytes());
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }
        buffer.clear().limit(bytes);
        tiles.forEach(tile -> tile.read(buffer));
        return buffer.flip();
    }

    private static NDArray condition(NDManager scratch, List<? extends TileWork> tiles, Manifest manifest) {
        FloatBuffer values = FloatBuffer.allocate(tiles.size() * manifest.condition().size());
        tiles.forEach(tile -> values.put(tile.condition()));
        return scratch.create(values.flip(), new Shape(tiles.size(), manifest.condition().size()));
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

    private static void write(List<? extends TileWork> tiles, ByteBuffer results, int bytes) {
        for (int i = 0; i < tiles.size(); i++) {
            tiles.get(i).write(results.limit((i + 1) * bytes).position(i * bytes));
        }
    }
}
