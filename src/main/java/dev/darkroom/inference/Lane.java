package dev.darkroom.inference;

import dev.darkroom.batching.Appetite;
import dev.darkroom.batching.Batch;
import java.time.Duration;

/** How a worker's batches come onto its instance. A worker enters with a batch in hand, lets it run, and leaves. */
sealed interface Lane extends Appetite<TileKey> permits InTurn, Overtaking {
    /**
     * Waits until it may run.
     *
     * @param again whether it has failed before
     */
    void enter(Batch<TileKey, TileWork> batch, boolean again);

    /** Whether what entered last has the instance to itself, so that a lack of memory is its own. */
    boolean isInTurn();

    /** @param expectedNanos what the batch takes by calibration */
    void begins(Batch<TileKey, TileWork> batch, long expectedNanos);

    /** @return how long it ran */
    Duration ended();

    /** @param ran whether the batch that entered did, and so says something about the instance's pace */
    void leave(boolean ran);

    /** Of the batch that runs now. */
    BatchClock clock();
}
