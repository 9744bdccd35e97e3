package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelState.Failed;
import dev.darkroom.model.store.ModelState.Loading;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One moment of the store: what it has and which of it answers a request. Immutable. */
final class Catalogue<C extends AutoCloseable> {
    /** What serves a task that has no default. */
    static final String BASELINE = "baseline";

    private static final Comparator<String> BASELINE_FIRST =
            Comparator.comparing((String loss) -> !loss.equals(BASELINE)).thenComparing(Comparator.naturalOrder());

    private final TreeMap<CheckpointId, Slot<C>> slots;
    private final DefaultLosses defaults;

    private Catalogue(TreeMap<CheckpointId, Slot<C>> slots, DefaultLosses defaults) {
        this.slots = slots;
        this.defaults = defaults;
    }

    static <C extends AutoCloseable> Catalogue<C> empty() {
        return new Catalogue<>(new TreeMap<>(), DefaultLosses.none());
    }

    Catalogue<C> with(Slot<C> slot) {
        var changed = new TreeMap<>(slots);
        changed.put(slot.id(), slot);
        return new Catalogue<>(changed, defaults);
    }

    Catalogue<C> without(CheckpointId id) {
        var changed = new TreeMap<>(slots);
        changed.remove(id);
        return new Catalogue<>(changed, defaults);
    }

    Catalogue<C> only(Set<CheckpointId> present) {
        var changed = new TreeMap<>(slots);
        changed.keySet().retainAll(present);
        return new Catalogue<>(changed, defaults);
    }

    Catalogue<C> with(DefaultLosses changed) {
        return new Catalogue<>(slots, changed);
    }

    /** Changes a slot only while it still holds this copy. */
    Catalogue<C> where(CheckpointId id, SharedCheckpoint<C> copy, UnaryOperator<Catalogue<C>> change) {
        return slot(id).filter(slot -> slot.copy() == copy).isPresent() ? change.apply(this) : this;
    }

    Optional<Slot<C>> slot(CheckpointId id) {
        return Optional.ofNullable(slots.get(id));
    }

    DefaultLosses defaults() {
        return defaults;
    }

    Collection<Slot<C>> slots() {
        return Collections.unmodifiableCollection(slots.values());
    }

    /** The versions that serve whoever names no loss, of every task and scale. */
    Set<CheckpointId> servingByDefault() {
        Set<CheckpointId> serving = new HashSet<>();
        slots.values().stream().filter(Slot::isOffered).forEach(slot -> {
            List<Slot<C>> alike = slots.values().stream().filter(Slot::isOffered)
                    .filter(other -> other.id().task() == slot.id().task() && other.scale() == slot.scale()).toList();
            String loss = defaultLoss(slot.id().task(), alike);
            alike.stream().map(Slot::id).filter(id -> id.loss().equals(loss)).max(Comparator.naturalOrder()).ifPresent(serving::add);
        });
        return serving;
    }

    /** Whether something serves, and no task that might be served waits for its first checkpoint. */
    boolean servesEveryTask() {
        Set<Task> served = tasks(Slot::isOffered);
        return !served.isEmpty() && served.containsAll(tasks(slot -> slot.state() instanceof Loading));
    }

    private Set<Task> tasks(Predicate<Slot<C>> which) {
        return slots.values().stream().filter(which).map(slot -> slot.id().task()).collect(Collectors.toSet());
    }

    /**
     * The slot, ready or resting, that answers the request.
     *
     * @param scale empty: any
     * @throws UnknownModelException if nothing in the store has this name and scale
     * @throws ModelNotReadyException if what has it is not ready
     */
    Slot<C> resolve(Task task, ModelRequest request, OptionalInt scale) {
        List<Slot<C>> ofTask = slots.values().stream().filter(slot -> slot.id().task() == task).toList();
        if (ofTask.isEmpty()) {
            throw new UnknownModelException("no checkpoint for " + task + "; " + has(slots.values()));
        }
        List<Slot<C>> ofScale = ofTask.stream().filter(slot -> scale.isEmpty() || slot.mayEnlarge(scale.getAsInt())).toList();
        String loss = loss(task, request, ofScale.isEmpty() ? ofTask : ofScale);
        List<Slot<C>> wanted = ofScale.stream().filter(slot -> slot.id().loss().equals(loss))
                .filter(slot -> !(request instanceof ModelRequest.Exactly exactly) || slot.id().version() == exactly.version())
                .toList();
        String version = request instanceof ModelRequest.Exactly exactly ? "@" + exactly.version() : "";
        String withScale = scale.isPresent() ? " with scale " + scale.getAsInt() : "";
        return newest(wanted, () -> new UnknownModelException(
                "no checkpoint " + task + "/" + loss + version + withScale + "; " + has(ofTask)));
    }

    private String loss(Task task, ModelRequest request, List<Slot<C>> candidates) {
        if (request instanceof ModelRequest.Exactly exactly) {
            return exactly.loss();
        }
        return request instanceof ModelRequest.Latest latest ? latest.loss() : defaultLoss(task, candidates);
    }

    private String defaultLoss(Task task, List<Slot<C>> candidates) {
        return defaults.of(task).orElseGet(() -> candidates.stream()
                .filter(Slot::isOffered)
                .map(slot -> slot.id().loss())
                .min(BASELINE_FIRST)
                .orElse(candidates.get(0).id().loss()));
    }

    private Slot<C> newest(List<Slot<C>> wanted, Supplier<UnknownModelException> none) {
        Slot<C> last = wanted.stream().max(Comparator.comparing(Slot::id)).orElseThrow(none);
        return wanted.stream().filter(Slot::isOffered).max(Comparator.comparing(Slot::id)).orElseThrow(() ->
                new ModelNotReadyException(last.id() + " is " + last.state().label()
                        + (last.state() instanceof Failed failed ? ": " + failed.reason() : "")));
    }

    private static <C extends AutoCloseable> String has(Collection<Slot<C>> slots) {
        return slots.isEmpty()
                ? "the store has none"
                : "the store has " + slots.stream().map(Slot::description).collect(Collectors.joining(", "));
    }
}
