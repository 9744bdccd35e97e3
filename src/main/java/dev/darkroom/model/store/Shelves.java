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

    /** @param wanted also if it rests and its files are those that passed */
    void refresh(CheckpointDirectory directory, boolean wanted) {
        CheckpointId id = directory.id();
        try {
            Candidate candidate = Candidate.read(directory);
            editSlot(id, slot -> slot.describedBy(candidate.manifest()));
            candidate.verify();
            Slot<C> slot = catalogue().slot(id).orElseThrow();
            if (slot.rests(candidate) && !wanted) {
                return;
            }
            var copy = slot.serves(candidate) ? slot.copy() : candidate.load(loader);
            if (slot.isReady() && slot.copy() != copy) {
                copy.takesThePlaceOf(slot.copy());
            }
            editSlot(id, now -> now.serving(copy));
            if (slot.isReady() && slot.copy() != copy) {
                slot.copy().retire(() -> {});
            }
        } catch (ManifestException | CheckpointRefusedException e) {
            LOG.log(Level.WARNING, id + " is refused: " + e.getMessage(), e.getCause());
            editSlot(id, slot -> slot.refused(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, id + " could not be loaded", e);
            editSlot(id, slot -> slot.refused("the engine could not load it"));
        }
    }

    /** @throws ModelNotReadyException if it cannot be loaded; it goes on resting then */
    Slot<C> bringBack(CheckpointId id) {
        var directory = new CheckpointDirectory(root, id);
        makeRoom(catalogue().defaults(), Set.of(), directory.modelFile().toFile().length());
        refresh(directory, true);
        Slot<C> slot = catalogue().slot(id).orElseThrow();
        if (slot.isResting()) {
            throw new ModelNotReadyException(id + " is resting and cannot be brought back: " + slot.refusal());
        }
        return slot;
    }

    /** Whoever names no loss waits for nothing, also when what has served him is gone. */
    void bringDefaultsBack() {
        catalogue().servingByDefault().stream().flatMap(id -> catalogue().slot(id).stream()).filter(Slot::isResting).forEach(slot -> {
            try {
                bringBack(slot.id());
            } catch (ModelNotReadyException e) {
                LOG.log(Level.ERROR, e.getMessage());
            }
        });
    }

    /**
     * Work under way finishes on what goes to rest.
     *
     * @param coming  defaults that are in force, or about to be
     * @param staying beside what serves by default
     * @param bytes   of what is about to be loaded
     */
    void makeRoom(DefaultLosses coming, Set<CheckpointId> staying, long bytes) {
        Catalogue<C> now = catalogue();
        Set<CheckpointId> all = new HashSet<>(staying);
        all.addAll(now.servingByDefault());
        all.addAll(now.with(coming).servingByDefault());
        var need = new Need(now.slots().stream().map(Slot::id).toList(), coming);
        List<Slot<C>> slots = now.slots().stream().sorted(Comparator.comparing(Slot::id, need.mostNeededFirst())).toList();
        room.surplus(slots, all, bytes).forEach(slot -> {
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
            } else if (slot.copy() == null) {
                edit(now -> now.without(slot.id()));
            }
        });
    }

    private void drain(Slot<C> slot, UnaryOperator<Catalogue<C>> whenDrained) {
        editSlot(slot.id(), Slot::draining);
        slot.copy().retire(() -> edit(now -> now.where(slot.id(), slot.copy(), whenDrained)));
    }

    private void editSlot(CheckpointId id, UnaryOperator<Slot<C>> change) {
        edit(now -> now.with(change.apply(now.slot(id).orElseThrow())));
    }

    private void edit(UnaryOperator<Catalogue<C>> change) {
        catalogue.updateAndGet(change);
    }
}
