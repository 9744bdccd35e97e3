package dev.darkroom.inference;

import dev.darkroom.inference.checkpoint.TileShape;
import java.nio.ByteBuffer;

/** One tile to be restored: where its samples come from and where they go. Used by one device worker at a time. */
public interface TileWork {
    TileShape shape();

    /** What the network is told, K values, for example sigma/255. */
    float[] condition();

    /**
     * 0 keeps the input, 1 takes the network's answer, between them they are blended; only 1 where the answer is of another
     * shape than the input.
     */
    float strength();

    /** Puts the samples into the direct buffer at its position and advances it. */
    void read(ByteBuffer samples);

    /** Takes the restored samples from the direct buffer, which holds a tile as {@link TileShape#restoredBy} says. */
    void write(ByteBuffer samples);
}
