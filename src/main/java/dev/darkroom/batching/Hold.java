package dev.darkroom.batching;

/** The memory of something that is no work: an upload that arrives, an answer that leaves. Closing twice is harmless. Thread-safe. */
public final class Hold implements AutoCloseable {
    private final Admission admission;
    private long bytes;
    private boolean open = true;

    Hold(Admission admission, long bytes) {
        this.admission = admission;
        this.bytes = bytes;
    }

    /** @throws QueueFullException if there is no memory for more now; what was held is held on */
    public void grow(long more) {
        admission.grow(this, more);
    }

    /** Belongs to the admission's lock. */
    void grown(long more) {
        if (!open) {
            throw new IllegalStateException("what has been given back does not grow");
        }
        bytes += more;
    }

    @Override
    public void close() {
        synchronized (admission) {
            admission.giveBack(open ? bytes : 0);
            open = false;
        }
    }
}
