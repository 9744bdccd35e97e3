package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The checkpoints under {@code <root>/<task>/<loss>/<version>/}, verified, loaded and lent out. Safe for use by any threads.
 *
 * <ul>
 *   <li>A version is offered only after its manifest, hash, archive and the loader's self-test passed.
 *   <li>A version whose new files are refused keeps serving its old ones; what fails leaves all others alone.
 *   <li>A checkpoint offered by the catalogue is held by the store; it is withdrawn first and released after, so whoever
 *       fails to lease it finds a newer catalogue.
 *   <li>A checkpoint is closed exactly once, by whoever lets go of it last.
 *   <li>Lending and listing never wait for loading.
 *   <li>What finds no room rests once it has passed; asking for it brings it back, and until it is back nothing serves in its place.
 * </ul>
 */
public final class ModelStore<C extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ModelStore.class.getName());

    private final Path root;
    private final CheckpointLoader<C> loader;
    private final Room room;
    private final AtomicReference<Catalogue<C>> catalogue = new AtomicReference<>(Catalogue.empty());
    /** Held while versions are loaded or withdrawn, by one thread at a time. */
    private final ReentrantLock changing = new ReentrantLock();
    /** That stay away until they are loaded by name; belongs to that lock. */
    private final Set<CheckpointId> unloaded = new HashSet<>();
    /** That are being brought back, or wait for it. */
    private final Set<CheckpointId> waking = ConcurrentHashMap.newKeySet();
    /** Set before whoever closes waits for a change that is under way, which then loads no further version. */
    private volatile boolean closed;

    /** Creates an empty store with room for everything; {@link #reload} fills it. */
    public ModelStore(Path root, CheckpointLoader<C> loader) {
        this(root, loader, Room.UNLIMITED);
    }

    /** Creates an empty store; {@link #reload} fills it. */
    public ModelStore(Path root, CheckpointLoader<C> loader, Room room) {
        this.root = root;
        this.loader = loader;
        this.room = room;
    }

    /** {@link #acquire(Task, ModelRequest, OptionalInt)} at any scale. */
    public Lease<C> acquire(Task task, ModelRequest request) {
        return acquire(task, request, OptionalInt.empty());
    }

    /**
     * Lends the checkpoint of this scale that answers the request; the caller closes the lease.
     *
     * @param scale empty: any
     * @throws UnknownModelException if nothing in the store has this name and scale
     * @throws ModelNotReadyException if what has it is not ready; if it was resting, it will be soon
     */
    public Lease<C> acquire(Task task, ModelRequest request, OptionalInt scale) {
        Optional<Lease<C>> lease = Optional.empty();
        while (lease.isEmpty()) {
            Slot<C> slot = catalogue.get().resolve(task, request, scale);
            if (!slot.isReady()) {
                wake(slot.id());
                throw new ModelNotReadyException(slot.id() + " is resting and is being brought back");
            }
            slot.copy().isAskedFor();
            lease = slot.copy().lease();
        }
        return lease.get();
    }

    /** Lends a version that is ready to whoever only looks at it, which does not count as asking for it. */
    public Optional<Lease<C>> look(CheckpointId id) {
        return catalogue.get().slot(id).filter(Slot::isReady).flatMap(slot -> slot.copy().lease());
    }

    /** What the store has, in the order of task, loss and version. */
    public List<ModelEntry> list() {
        return catalogue.get().slots().stream().map(Slot::entry).toList();
    }

    /** Whether at least one checkpoint serves. */
    public boolean servesSomething() {
        return catalogue.get().slots().stream().anyMatch(Slot::isOffered);
    }

    /** Whether a checkpoint serves, and each task that has one is served, unless all that it has were refused. */
    public boolean servesEveryTask() {
        return catalogue.get().servesEveryTask();
    }

    /**
     * Brings the store in line with its folders: loads what is new or changed or failed before, then drains what is gone.
     *
     * @throws StoreUnreadableException if the folders cannot be listed; nothing has changed then
     * @throws IllegalStateException if the store is closed
     */
    public List<ModelEntry> reload() {
        return reload(id -> true);
    }

    /** {@link #reload()} as if the folders held only these: for a command that needs no others. */
    public List<ModelEntry> reload(Predicate<CheckpointId> needed) {
        return changing(() -> {
            List<CheckpointDirectory> found = StoreScan.of(root).stream().filter(directory -> needed.test(directory.id())).toList();
            DefaultLosses defaults = DefaultLosses.read(root, catalogue.get().defaults());
            List<CheckpointDirectory> wanted = found.stream().filter(this::isWanted).toList();
            wanted.forEach(directory -> startLoading(directory.id()));
            var need = new Need(wanted.stream().map(CheckpointDirectory::id).toList(), defaults);
            wanted.stream().sorted(Comparator.comparing(CheckpointDirectory::id, need.mostNeededFirst())).takeWhile(directory -> !closed)
                    .forEach(directory -> refresh(directory, defaults));
            edit(now -> now.with(defaults));
            makeRoom(defaults);
            var present = new HashSet<CheckpointId>();
            found.forEach(directory -> present.add(directory.id()));
            withdrawAllBut(present);
        });
    }

    /**
     * Loads one version, also one that was unloaded.
     *
     * @throws UnknownModelException if the store has no complete directory for it
     */
    public List<ModelEntry> load(CheckpointId id) {
        return changing(() -> {
            var directory = new CheckpointDirectory(root, id);
            if (!directory.isComplete()) {
                throw new UnknownModelException("no checkpoint " + id);
            }
            unloaded.remove(id);
            startLoading(id);
            refresh(directory);
        });
    }

    /**
     * Withdraws one version until it is loaded again by {@link #load}; work under way finishes on it.
     *
     * @throws UnknownModelException if the store has no such version
     */
    public List<ModelEntry> unload(CheckpointId id) {
        return changing(() -> {
            Slot<C> slot = catalogue.get().slot(id).orElseThrow(() -> new UnknownModelException("no checkpoint " + id));
            unloaded.add(id);
            if (slot.isReady()) {
                drain(slot, now -> now.with(now.slot(id).orElseThrow().drained()));
            } else if (slot.isOffered()) {
                editSlot(id, Slot::unloadedAtRest);
            }
        });
    }

    /** Withdraws everything; checkpoints on lease are closed as their leases end. A version that is being loaded is waited for. */
    @Override
    public void close() {
        closed = true;
        changing.lock();
        try {
            withdrawAllBut(Set.of());
        } finally {
            changing.unlock();
        }
    }

    private List<ModelEntry> changing(Runnable change) {
        changing.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model store is closed");
            }
            change.run();
            return list();
        } finally {
            changing.unlock();
        }
    }

    /** A version that serves is looked at even when its files are gone, so that the listing can say so. */
    private boolean isWanted(CheckpointDirectory directory) {
        Optional<Slot<C>> slot = catalogue.get().slot(directory.id());
        if (!directory.isComplete() && slot.filter(Slot::isReady).isEmpty()) {
            LOG.log(Level.DEBUG, "{0} is incomplete", directory.id());
            return false;
        }
        return !unloaded.contains(directory.id());
    }

    private void startLoading(CheckpointId id) {
        edit(now -> now.with(now.slot(id).map(Slot::loading).orElseGet(() -> Slot.discovered(id))));
    }

    private void refresh(CheckpointDirectory directory) {
        refresh(directory, catalogue.get().defaults());
    }

    /** @param defaults that are about to be in force */
    private void refresh(CheckpointDirectory directory, DefaultLosses defaults) {
        CheckpointId id = directory.id();
        try {
            Candidate candidate = Candidate.read(directory);
            editSlot(id, slot -> slot.describedBy(candidate.manifest()));
            candidate.verify();
            Slot<C> slot = catalogue.get().slot(id).orElseThrow();
            SharedCheckpoint<C> copy = slot.serves(candidate) ? slot.copy() : loaded(candidate, slot);
            editSlot(id, now -> now.serving(copy));
            if (slot.isReady() && slot.copy() != copy) {
                slot.copy().retire(() -> {});
            }
            makeRoom(defaults);
        } catch (ManifestException | CheckpointRefusedException e) {
            LOG.log(Level.WARNING, id + " is refused: " + e.getMessage(), e.getCause());
            editSlot(id, slot -> slot.refused(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, id + " could not be loaded", e);
            editSlot(id, slot -> slot.refused("the engine could not load it"));
        }
    }

    private SharedCheckpoint<C> loaded(Candidate candidate, Slot<C> before) {
        SharedCheckpoint<C> copy = candidate.load(loader);
        if (waking.contains(before.id())) {
            copy.isAskedFor();
        } else if (before.isReady()) {
            copy.takesThePlaceOf(before.copy());
        }
        return copy;
    }

    /** Work under way finishes on what goes to rest. */
    private void makeRoom(DefaultLosses coming) {
        Catalogue<C> now = catalogue.get();
        for (Slot<C> slot : room.surplus(now.slots(), List.of(now.defaults(), coming))) {
            editSlot(slot.id(), Slot::resting);
            slot.copy().retire(() -> {});
        }
    }

    /** In a thread of its own, one for each version. */
    private void wake(CheckpointId id) {
        if (waking.add(id)) {
            var thread = new Thread(() -> bringBack(id), "model-waking");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Unless it has been brought back, unloaded or withdrawn meanwhile. */
    private void bringBack(CheckpointId id) {
        changing.lock();
        try {
            if (!closed && catalogue.get().slot(id).filter(slot -> slot.isOffered() && !slot.isReady()).isPresent()) {
                refresh(new CheckpointDirectory(root, id));
            }
        } finally {
            waking.remove(id);
            changing.unlock();
        }
    }

    private void withdrawAllBut(Set<CheckpointId> present) {
        catalogue.get().slots().stream().filter(slot -> !present.contains(slot.id())).forEach(slot -> {
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
