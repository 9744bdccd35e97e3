package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use one checkpoint until closed; the checkpoint stays loaded that long, whatever happens in the store.
 *
 * <p>Safe for use by several threads; closing twice does nothing.
 */
public final class Lease<C extends AutoCloseable> implements AutoCloseable {

    private final SharedCheckpoint<C> shared;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(SharedCheckpoint<C> shared) {
        this.shared = shared;
    }

    public CheckpointId id() {
        return shared.source().directory().id();
    }

    public Manifest manifest() {
        return shared.source().manifest();
    }

    /** Of the model file, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return manifest().sha256();
    }

    /**
     * The checkpoint, not to be used after this lease is closed.
     *
     * @throws IllegalStateException if this lease is closed
     */
    public C checkpoint() {
        if (closed.get()) {
            throw new IllegalStateException("the lease of " + id() + " is closed");
        }
        return shared.checkpoint();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shared.release();
        }
    }
}
