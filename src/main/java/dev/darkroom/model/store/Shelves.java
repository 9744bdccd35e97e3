package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.ManifestException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What versions go through: they are loaded, rest, are brought back and withdrawn. Anyone may read; one thread at a time changes. */
final class Shelves<C extends AutoCloseable> {
    private static final Logger LOG = System.getLogger(Shelves.class.getName());

    private final Path root;
    private final CheckpointLoader<C> loader;
    private final Room room;
    private final AtomicReference<Catalogue<C>> catalogue = new AtomicReference<>(Catalogue.empty());

    Shelves(Path root, CheckpointLoader<C> loader, Room room) {
        this.root = root;
        this.loader = loader;
        this.room = room;
    }

    Catalogue<C> catalogue() {
        return catalogue.get();
    }

    void setDefaults(DefaultLosses defaults) {
        edit(now -> now.with(defaults));
    }

    void startLoading(CheckpointId id) {
        edit(now -> now.with(now.slot(id).map(Slot::loading).orElseGet(() -> Slot.discovered(id))));
    }

    /** Looks at a version's files and loads them if they are new; what rests goes on resting if they are not. */
    void refresh(CheckpointDirectory directory) {
        CheckpointId id = directory.id();
        attempt(id, () -> {
            Candidate candidate = verified(directory);
            Slot<C> slot = slot(id);
            if (slot.rests(candidate)) {
                editSlot(id, Slot::unrefused);
            } else if (slot.serves(candidate)) {
                editSlot(id, now -> now.serving(slot.copy()));
            } else {
                replace(slot, candidate.load(loader));
            }
        });
    }

    /**
     * Loads what rests, unless it is still open because somebody uses it.
     *
     * @param staying what does not rest for that
     * @throws ModelNotReadyException if it cannot be loaded; it goes on resting then
     */
    Slot<C> bringBack(CheckpointId id, Set<CheckpointId> staying) {
        attempt(id, () -> {
            Candidate candidate = verified(new CheckpointDirectory(root, id));
            Slot<C> slot = slot(id);
            makeRoom(staying, candidate.bytes());
            boolean stillOpen = slot.rests(candidate) && slot.copy().takeBack();
            SharedCheckpoint<C> copy = stillOpen ? slot.copy() : candidate.load(loader);
            copy.askedFor();
            editSlot(id, now -> now.serving(copy));
        });
        Slot<C> slot = slot(id);
        if (slot.isResting()) {
            throw new ModelNotReadyException(id + " is resting and cannot be brought back: " + slot.refusal());
        }
        return slot;
    }

    private Candidate verified(CheckpointDirectory directory) {
        Candidate candidate = Candidate.read(directory);
        editSlot(directory.id(), slot -> slot.describedBy(candidate.manifest()));
        candidate.verify();
        return candidate;
    }

    private void replace(Slot<C> slot, SharedCheckpoint<C> copy) {
        if (slot.isReady()) {
            copy.takesThePlaceOf(slot.copy());
        }
        editSlot(slot.id(), now -> now.serving(copy));
        if (slot.isReady()) {
            slot.copy().retire(() -> {});
        }
    }

    private void attempt(CheckpointId id, Runnable loading) {
        try {
            loading.run();
        } catch (ManifestException | CheckpointRefusedException e) {
            LOG.log(Level.WARNING, id + " is refused: " + e.getMessage(), e.getCause());
            editSlot(id, slot -> slot.refused(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, id + " could not be loaded", e);
            editSlot(id, slot -> slot.refused("the engine could not load it"));
        }
    }

    /**
     * Sends to rest what finds no room; work under way finishes on it.
     *
     * @param staying beside what serves by default
     * @param coming  bytes of what is about to be loaded
     */
    void makeRoom(Set<CheckpointId> staying, long coming) {
        Catalogue<C> now = catalogue();
        Set<CheckpointId> kept = new HashSet<>(staying);
        kept.addAll(now.servingByDefault());
        var need = new Need(now.slots().stream().map(Slot::id).toList(), now.defaults());
        List<Slot<C>> slots = now.slots().stream().sorted(Comparator.comparing(Slot::id, need.mostNeededFirst())).toList();
        room.surplus(slots, kept, coming).forEach(slot -> {
            editSlot(slot.id(), Slot::resting);
            slot.copy().retire(() -> {});
        });
    }

    void unload(Slot<C> slot) {
        if (slot.isReady()) {
            drain(slot, now -> now.with(now.slot(slot.id()).orElseThrow().drained()));
        } else if (slot.isResting()) {
            editSlot(slot.id(), Slot::unloadedAtRest);
        }
    }

    void withdrawAllBut(Set<CheckpointId> present) {
        catalogue().slots().stream().filter(slot -> !present.contains(slot.id())).forEach(slot -> {
            if (slot.isReady()) {
                drain(slot, now -> now.without(slot.id()));
            } else if (slot.copy() == null || slot.isResting()) {
                edit(now -> now.without(slot.id()));
            }
        });
    }

    private void drain(Slot<C> slot, UnaryOperator<Catalogue<C>> whenDrained) {
        editSlot(slot.id(), Slot::draining);
        slot.copy().retire(() -> edit(now -> now.where(slot.id(), slot.copy(), whenDrained)));
    }

    private Slot<C> slot(CheckpointId id) {
        return catalogue().slot(id).orElseThrow();
    }

    private void editSlot(CheckpointId id, UnaryOperator<Slot<C>> change) {
        edit(now -> now.with(change.apply(now.slot(id).orElseThrow())));
    }

    private void edit(UnaryOperator<Catalogue<C>> change) {
        catalogue.updateAndGet(change);
    }
}
