package dev.darkroom.loss.semantic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

/**
 * The features of past batches, restored and clean in the same order, newest first, so that statistics have more
 * samples than a batch.
 *
 * <p>What it remembers passes no gradient. It holds device memory until closed, and is not safe to share between
 * threads.
 */
final class HistoricQueue implements AutoCloseable {

    private final long capacity;
    private final NDManager memory;
    private Samples remembered;

    /**
     * Features of the same samples, N rows each.
     *
     * @param restored of shape (N,C,H,W) or (N,D)
     * @param clean of the same shape
     */
    record Samples(NDArray restored, NDArray clean) {}

    /**
     * An empty queue.
     *
     * @param capacity in samples, those of the current batch included
     */
    HistoricQueue(long capacity, NDManager owner) {
        this.capacity = capacity;
        this.memory = owner.newSubManager();
    }

    /**
     * Puts a batch in front and forgets what no longer fits.
     *
     * @return all samples there are now, up to the capacity; those of the batch pass gradients
     */
    Samples push(NDArray restored, NDArray clean) {
        Samples all = remembered == null
                ? new Samples(newest(restored), newest(clean))
                : new Samples(join(restored, remembered.restored), join(clean, remembered.clean));
        Samples copies = new Samples(copy(all.restored), copy(all.clean));
        clear();
        remembered = copies;
        return all;
    }

    /** Forgets everything, as must happen when the network's weights are replaced. */
    void clear() {
        if (remembered != null) {
            remembered.restored.close();
            remembered.clean.close();
            remembered = null;
        }
    }

    @Override
    public void close() {
        memory.close();
    }

    private NDArray join(NDArray batch, NDArray past) {
        return newest(NDArrays.concat(new NDList(batch, past)));
    }

    private NDArray newest(NDArray samples) {
        return samples.get(new NDIndex().addSliceDim(0, Math.min(capacity, samples.getShape().get(0))));
    }

    private NDArray copy(NDArray samples) {
        NDArray copy = samples.stopGradient().duplicate();
        copy.attach(memory);
        return copy;
    }
}
