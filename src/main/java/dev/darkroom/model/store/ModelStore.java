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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
 *   <li>Lending and listing never wait for loading.
 * </ul>
 */
public final class ModelStore<C extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ModelStore.class.getName());

    private final Path root;
    private final CheckpointLoader<C> loader;
    private final AtomicReference<Catalogue<C>> catalogue = new AtomicReference<>(Catalogue.empty());
    /** Held while versions are loaded or withdrawn, by one thread at a time. */
    private final ReentrantLock changing = new ReentrantLock();
    /** That stay away until they are loaded by name; belongs to that lock. */
    private final Set<CheckpointId> unloaded = new HashSet<>();
    /** Set before whoever closes waits for a change that is under way, which then loads no further version. */
    private volatile boolean closed;

    /** Creates an empty store; {@link #reload} fills it. */
    public ModelStore(Path root, CheckpointLoader<C> loader) {
        this.root = root;
        this.loader = loader;
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
     * @throws ModelNotReadyException if what has it is not ready
     */
    public Lease<C> acquire(Task task, ModelRequest request, OptionalInt scale) {
        Optional<Lease<C>> lease = Optional.empty();
        while (lease.isEmpty()) {
            lease = catalogue.get().resolve(task, request, scale).copy().lease();
        }
        return lease.get();
    }

    /** What the store has, in the order of task, loss and version. */
    public List<ModelEntry> list() {
        return catalogue.get().slots().stream().map(Slot::entry).toList();
    }

    /** Whether at least one checkpoint serves. */
    public boolean servesSomething() {
        return catalogue.get().slots().stream().anyMatch(Slot::isReady);
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
            wanted.stream().sorted(whatCallersNeedFirst(wanted, defaults)).takeWhile(directory -> !closed).forEach(this::refresh);
            edit(now -> now.with(defaults));
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

    /** Whoever names no loss is served by the newest version of the default: one of each task, then the other defaults, then the rest. */
    private static Comparator<CheckpointDirectory> whatCallersNeedFirst(List<CheckpointDirectory> wanted, DefaultLosses defaults) {
        Predicate<CheckpointId> isDefault = id -> defaults.of(id.task()).orElse(Catalogue.BASELINE).equals(id.loss());
        Map<Task, CheckpointId> newest = wanted.stream().map(CheckpointDirectory::id).filter(isDefault)
                .collect(Collectors.toMap(CheckpointId::task, id -> id, BinaryOperator.maxBy(Comparator.<CheckpointId>naturalOrder())));
        return Comparator.comparing(CheckpointDirectory::id, Comparator.<CheckpointId, Boolean>comparing(id -> !id.equals(newest.get(id.task())))
                .thenComparing(id -> !isDefault.test(id)).thenComparing(id -> -id.version()));
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
        CheckpointId id = directory.id();
        try {
            Candidate candidate = Candidate.read(directory);
            editSlot(id, slot -> slot.describedBy(candidate.manifest()));
            candidate.verify();
            Slot<C> slot = catalogue.get().slot(id).orElseThrow();
            var copy = slot.serves(candidate) ? slot.copy() : candidate.load(loader);
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
