package dev.darkroom.model.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded checkpoint and the count of its holders: the store, until it retires it, and every open lease.
 *
 * <ul>
 *   <li>The count never leaves zero again, so the checkpoint is closed exactly once.
 *   <li>A lease is given only while the count is above zero, so no lease ever holds a closed checkpoint.
 * </ul>
 */
final class SharedCheckpoint<C extends AutoCloseable> {

    private static final Logger LOG = System.getLogger(SharedCheckpoint.class.getName());

    private final Candidate source;
    private final C checkpoint;
    private final long bytes;
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile Runnable whenClosed = () -> {};
    private volatile long lastAskedFor = Long.MIN_VALUE;

    SharedCheckpoint(Candidate source, C checkpoint) {
        this.source = source;
        this.checkpoint = checkpoint;
        bytes = source.bytes();
    }

    /** Of its file, when it was loaded: about what it takes in memory. */
    long bytes() {
        return bytes;
    }

    Candidate source() {
        return source;
    }

    C checkpoint() {
        return checkpoint;
    }

    /** Somebody wants it, now. */
    void askedFor() {
        lastAskedFor = System.nanoTime();
    }

    /** Whether anybody beside the store holds it. */
    boolean isLent() {
        return holders.get() > 1;
    }

    /** Is as much in demand as what it replaces. */
    void takesThePlaceOf(SharedCheckpoint<C> other) {
        lastAskedFor = other.lastAskedFor;
    }

    /** By {@link System#nanoTime}; the smallest of all numbers if nobody has. */
    long lastAskedFor() {
        return lastAskedFor;
    }

    /** To somebody who asked for it; empty when it is closed already. */
    Optional<Lease<C>> lend() {
        askedFor();
        return lease();
    }

    /** Empty when it is closed already. */
    Optional<Lease<C>> lease() {
        int before = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        return before == 0 ? Optional.empty() : Optional.of(new Lease<>(this));
    }

    /** Gives up the store's own hold; called once, after no catalogue offers this checkpoint any more. */
    void retire(Runnable whenClosed) {
        this.whenClosed = whenClosed;
        release();
    }

    /** The store holds it again, if somebody else still does. */
    boolean takeBack() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            close();
        }
    }

    private void close() {
        try {
            checkpoint.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "closing " + source.directory().id() + " failed", e);
        } finally {
            whenClosed.run();
        }
    }
}
