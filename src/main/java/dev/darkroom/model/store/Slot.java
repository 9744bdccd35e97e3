package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.store.ModelState.Draining;
import dev.darkroom.model.store.ModelState.Failed;
import dev.darkroom.model.store.ModelState.Loading;
import dev.darkroom.model.store.ModelState.Ready;
import dev.darkroom.model.store.ModelState.Resting;
import dev.darkroom.model.store.ModelState.Unloaded;

/**
 * One version in the catalogue. Invariant: it has a copy exactly while it is ready, draining or resting; a resting one's is not the store's, and open
 * only as long as somebody uses it.
 *
 * @param manifest the last one read, or null
 * @param copy the loaded checkpoint, or null
 * @param refusal why the files on disk did not replace a serving copy, or a resting one could not be loaded, or null
 */
record Slot<C extends AutoCloseable>(
        CheckpointId id, ModelState state, Manifest manifest, SharedCheckpoint<C> copy, String refusal) {

    static <C extends AutoCloseable> Slot<C> discovered(CheckpointId id) {
        return new Slot<>(id, new Loading(), null, null, null);
    }

    /** A serving version goes on serving while its files are looked at, and nothing serves in the place of a resting one. */
    Slot<C> loading() {
        if (state instanceof Failed failed) {
            return new Slot<>(id, failed.retry(), manifest, null, null);
        }
        if (state instanceof Unloaded unloaded) {
            return new Slot<>(id, unloaded.load(), manifest, null, null);
        }
        if (state instanceof Draining draining) {
            return new Slot<>(id, draining.load(), manifest, null, null);
        }
        return this;
    }

    /** Until they have passed, other files say nothing about what rests. */
    Slot<C> describedBy(Manifest read) {
        return isResting() ? this : new Slot<>(id, state, read, copy, refusal);
    }

    Slot<C> serving(SharedCheckpoint<C> passed) {
        Ready ready = state instanceof Loading loading ? loading.passed() : state instanceof Resting resting ? resting.passed() : (Ready) state;
        return new Slot<>(id, ready, passed.source().manifest(), passed, null);
    }

    /** A serving version keeps serving, a resting one keeps its place, and both remember why their files were refused. */
    Slot<C> refused(String reason) {
        return state instanceof Loading loading
                ? new Slot<>(id, loading.failed(reason), manifest, null, null)
                : new Slot<>(id, state, manifest, copy, reason);
    }

    Slot<C> resting() {
        return new Slot<>(id, ((Ready) state).rest(), manifest, copy, null);
    }

    /** Its files are those that have passed. */
    Slot<C> unrefused() {
        return new Slot<>(id, state, manifest, copy, null);
    }

    Slot<C> unloadedAtRest() {
        return new Slot<>(id, ((Resting) state).unload(), manifestInForce(), null, null);
    }

    Slot<C> draining() {
        return new Slot<>(id, ((Ready) state).drain(), manifest, copy, null);
    }

    Slot<C> drained() {
        return new Slot<>(id, ((Draining) state).drained(), manifest, null, null);
    }

    /** Its name, and its scale if it enlarges. */
    String description() {
        return scale() == 1 ? id.toString() : id + " (scale " + scale() + ")";
    }

    /** Whether it enlarges so many times; as long as its manifest has not been read, it may. */
    boolean mayEnlarge(int times) {
        Manifest known = manifestInForce();
        return known == null || known.scale() == times;
    }

    boolean isReady() {
        return state instanceof Ready;
    }

    boolean isResting() {
        return state instanceof Resting;
    }

    boolean isOffered() {
        return state.isOffered();
    }

    /** Whether it rests, and these are the files that have passed. */
    boolean rests(Candidate candidate) {
        return isResting() && copy.source().fingerprint().equals(candidate.fingerprint());
    }

    /** Whether it answers the requests that the other did. */
    boolean hasTheFilesOf(Slot<C> other) {
        return copy.source().fingerprint().equals(other.copy().source().fingerprint());
    }

    /** Output pixels for each input pixel along one side; 1 as long as its manifest has not been read. */
    int scale() {
        Manifest known = manifestInForce();
        return known == null ? 1 : known.scale();
    }

    boolean serves(Candidate candidate) {
        return isReady() && copy.source().fingerprint().equals(candidate.fingerprint());
    }

    ModelEntry entry() {
        return new ModelEntry(id, state, manifestInForce(), refusal);
    }

    /** What serves; else what was read last, or null. */
    private Manifest manifestInForce() {
        return copy == null ? manifest : copy.source().manifest();
    }
}
