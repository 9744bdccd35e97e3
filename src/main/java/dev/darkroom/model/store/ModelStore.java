package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The checkpoints under {@code <root>/<task>/<loss>/<version>/}, verified, loaded and lent out. Safe for use by any threads.
 *
 * <ul>
 *   <li>A version is offered only after its manifest, hash, archive and the loader's self-test passed.
 *   <li>A version whose new files are refused keeps serving its old ones; what fails leaves all others alone.
 *   <li>A checkpoint offered by the catalogue is held by the store; it is withdrawn first and released after, so whoever
 *       fails to lease it finds a newer catalogue.
 *   <li>A checkpoint is closed exactly once, by whoever lets go of it last.
 *   <li>Lending and listing never wait for loading, but for lending what rests: whoever asks for that loads it.
 *   <li>What finds no room rests once it has passed. Nothing else answers in its place.
 * </ul>
 */
public final class ModelStore<C extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ModelStore.class.getName());
    /** How long somebody who asks for what rests waits for others' loading. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path root;
    private final Shelves<C> shelves;
    /** Held while versions are loaded or withdrawn, by one thread at a time. */
    private final ReentrantLock changing = new ReentrantLock();
    /** That stay away until they are loaded by name; belongs to that lock. */
    private final Set<CheckpointId> unloaded = new HashSet<>();
    /** Set before whoever closes waits for a change that is under way, which then loads no further version. */
    private volatile boolean closed;

    /** Creates an empty store with room for everything; {@link #reload} fills it. */
    public ModelStore(Path root, CheckpointLoader<C> loader) {
        this(root, loader, Room.UNLIMITED);
    }

    /** Creates an empty store; {@link #reload} fills it. */
    public ModelStore(Path root, CheckpointLoader<C> loader, Room room) {
        this.root = root;
        shelves = new Shelves<>(root, loader, room);
    }

    /** {@link #acquire(Task, ModelRequest, OptionalInt)} at any scale. */
    public Lease<C> acquire(Task task, ModelRequest request) {
        return acquire(task, request, OptionalInt.empty());
    }

    /**
     * Lends the checkpoint of this scale that answers the request; the caller closes the lease. One that rests is loaded first.
     *
     * @param scale empty: any
     * @throws UnknownModelException if nothing in the store has this name and scale
     * @throws ModelNotReadyException if what has it is not ready
     */
    public Lease<C> acquire(Task task, ModelRequest request, OptionalInt scale) {
        return acquire(task, request, scale, PATIENCE);
    }

    /** The same by somebody who waits no longer than this for others' loading, and never longer than ten seconds. */
    public Lease<C> acquire(Task task, ModelRequest request, OptionalInt scale, Duration patience) {
        long end = System.nanoTime() + (patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE).toNanos();
        Optional<Lease<C>> lease = Optional.empty();
        while (lease.isEmpty()) {
            Slot<C> slot = catalogue().resolve(task, request, scale);
            lease = slot.isReady() ? slot.copy().lend() : broughtBack(slot.id(), Duration.ofNanos(end - System.nanoTime()));
        }
        return lease.get();
    }

    /** Lends a version that is ready to whoever only looks at it, which does not count as asking for it. */
    public Optional<Lease<C>> look(CheckpointId id) {
        return catalogue().slot(id).filter(Slot::isReady).flatMap(slot -> slot.copy().lease());
    }

    /** What the store has, in the order of task, loss and version. */
    public List<ModelEntry> list() {
        return catalogue().slots().stream().map(Slot::entry).toList();
    }

    /** Whether at least one checkpoint serves. */
    public boolean servesSomething() {
        return catalogue().slots().stream().anyMatch(Slot::isOffered);
    }

    /** Whether a checkpoint serves, and each task that has one is served, unless all that it has were refused. */
    public boolean servesEveryTask() {
        return catalogue().servesEveryTask();
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
            DefaultLosses defaults = DefaultLosses.read(root, catalogue().defaults());
            List<CheckpointDirectory> wanted = found.stream().filter(this::isWanted).toList();
            wanted.forEach(directory -> shelves.startLoading(directory.id()));
            var need = new Need(wanted.stream().map(CheckpointDirectory::id).toList(), defaults);
            wanted.stream().sorted(Comparator.comparing(CheckpointDirectory::id, need.mostNeededFirst())).takeWhile(directory -> !closed).forEach(directory -> {
                shelves.refresh(directory);
                shelves.makeRoom(catalogue().with(defaults).servingByDefault(), 0);
            });
            Set<CheckpointId> present = found.stream().map(CheckpointDirectory::id).collect(Collectors.toSet());
            prepareFor(catalogue().with(defaults).only(present));
            shelves.setDefaults(defaults);
            shelves.withdrawAllBut(present);
            shelves.makeRoom(Set.of(), 0);
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
            shelves.startLoading(id);
            shelves.refresh(directory);
            Optional<Slot<C>> slot = catalogue().slot(id);
            slot.filter(Slot::isResting).ifPresent(resting -> shelves.bringBack(id, Set.of()));
            slot.filter(Slot::isReady).ifPresent(ready -> ready.copy().askedFor());
            shelves.makeRoom(Set.of(id), 0);
        });
    }

    /**
     * Withdraws one version until it is loaded again by {@link #load}; work under way finishes on it.
     *
     * @throws UnknownModelException if the store has no such version
     */
    public List<ModelEntry> unload(CheckpointId id) {
        return changing(() -> {
            Slot<C> slot = catalogue().slot(id).orElseThrow(() -> new UnknownModelException("no checkpoint " + id));
            unloaded.add(id);
            prepareFor(catalogue().without(id));
            shelves.unload(catalogue().slot(slot.id()).orElseThrow()); // what was prepared for may have sent it to rest
        });
    }

    /** Withdraws everything; checkpoints on lease are closed as their leases end. A version that is being loaded is waited for. */
    @Override
    public void close() {
        closed = true;
        changing.lock();
        try {
            shelves.withdrawAllBut(Set.of());
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

    /** So that whoever names no loss waits for nothing: what will serve him is brought back while its predecessor still does. */
    private void prepareFor(Catalogue<C> coming) {
        Set<CheckpointId> serving = coming.servingByDefault();
        serving.stream().filter(id -> catalogue().slot(id).filter(Slot::isResting).isPresent()).takeWhile(id -> !closed).forEach(id -> {
            try {
                shelves.bringBack(id, serving);
            } catch (ModelNotReadyException logged) {
                // it rests on, with the reason in the listing, and is tried again by whoever asks for it
            }
        });
    }

    /** A version that serves or rests is looked at even when its files are gone, so that the listing can say so. */
    private boolean isWanted(CheckpointDirectory directory) {
        Optional<Slot<C>> slot = catalogue().slot(directory.id());
        if (!directory.isComplete() && slot.filter(Slot::isOffered).isEmpty()) {
            LOG.log(Level.DEBUG, "{0} is incomplete", directory.id());
            return false;
        }
        return !unloaded.contains(directory.id());
    }

    /**
     * Of a version that rests; empty if somebody else was faster, it is no longer there, or its files have been replaced.
     *
     * @throws ModelNotReadyException if it cannot be loaded, or not soon
     */
    private Optional<Lease<C>> broughtBack(CheckpointId id, Duration patience) {
        if (!lockedWithin(patience)) {
            throw new ModelNotReadyException(id + " is resting and waits to be loaded");
        }
        try {
            if (closed) {
                throw new ModelNotReadyException(id + " is resting, and the store is closing");
            }
            Optional<Slot<C>> resting = catalogue().slot(id).filter(Slot::isResting);
            return resting.map(slot -> shelves.bringBack(id, Set.of())).filter(back -> back.hasTheFilesOf(resting.get())).flatMap(back -> back.copy().lend());
        } finally {
            changing.unlock();
        }
    }

    private boolean lockedWithin(Duration patience) {
        try {
            return changing.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Catalogue<C> catalogue() {
        return shelves.catalogue();
    }
}
