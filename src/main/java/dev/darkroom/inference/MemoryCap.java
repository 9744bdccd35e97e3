package dev.darkroom.inference;

/**
 * How many pixels a network's batches may have on a device, learned from running out of memory.
 *
 * <p>Half of what failed is allowed next; after many batches at the cap without failure it is an eighth more, since whoever else
 * used the memory may be gone. Thread-safe.
 */
final class MemoryCap {
    private static final int BATCHES_TO_RECOVER = 64;
    private static final double NEAR = 0.5;

    private final long largest;
    private long pixels;
    private int batchesNearCap;

    MemoryCap(long largest) {
        this.largest = largest;
        pixels = largest;
    }

    synchronized long pixels() {
        return pixels;
    }

    /** @return whether the cap has changed */
    synchronized boolean outOfMemory(long pixelsOfBatch) {
        long before = pixels;
        pixels = Math.max(1, Math.min(pixels, pixelsOfBatch / 2));
        batchesNearCap = 0;
        return pixels != before;
    }

    /** @return whether the cap has changed */
    synchronized boolean ran(long pixelsOfBatch) {
        if (pixels == largest || pixelsOfBatch < NEAR * pixels || ++batchesNearCap < BATCHES_TO_RECOVER) {
            return false;
        }
        batchesNearCap = 0;
        pixels = Math.min(largest, pixels + Math.max(1, pixels / 8));
        return true;
    }
}
