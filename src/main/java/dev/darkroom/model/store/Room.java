package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of the checkpoints is held in memory at a time, on each device, counted by the sizes of their files.
 *
 * @param bytes of all files together
 */
public record Room(long bytes) {
    public static final Room UNLIMITED = new Room(Long.MAX_VALUE);

    /**
     * Those of the ready ones that are to rest, so that the others fit: first what has not been asked for, the least needed of it first, then
     * what was asked for longest ago. What serves whoever names no loss stays, at every scale, also where there is no room for it.
     *
     * @param defaults all that are in force or about to be, the last of them longest
     */
    <C extends AutoCloseable> List<Slot<C>> surplus(Collection<Slot<C>> slots, List<DefaultLosses> defaults) {
        List<Slot<C>> ready = slots.stream().filter(Slot::isReady).toList();
        List<Need> needs = defaults.stream().map(each -> new Need(ready.stream().map(Slot::id).toList(), each)).toList();
        Set<CheckpointId> staying = new HashSet<>();
        needs.forEach(need -> staying.addAll(newestDefaults(ready, need)));
        Comparator<Slot<C>> firstToRest = Comparator.<Slot<C>>comparingLong(slot -> slot.copy().lastAskedFor())
                .thenComparing(Slot::id, needs.get(needs.size() - 1).mostNeededFirst().reversed());
        List<Slot<C>> surplus = new ArrayList<>();
        long held = ready.stream().mapToLong(slot -> slot.copy().bytes()).sum();
        for (Slot<C> slot : ready.stream().filter(slot -> !staying.contains(slot.id())).sorted(firstToRest).toList()) {
            if (held > bytes) {
                surplus.add(slot);
                held -= slot.copy().bytes();
            }
        }
        return surplus;
    }

    private static <C extends AutoCloseable> Set<CheckpointId> newestDefaults(List<Slot<C>> ready, Need need) {
        record Kind(Task task, int scale) {}
        Set<Kind> seen = new HashSet<>();
        Set<CheckpointId> newest = new HashSet<>();
        ready.stream().filter(slot -> need.isDefault(slot.id())).sorted(Comparator.<Slot<C>, CheckpointId>comparing(Slot::id).reversed())
                .filter(slot -> seen.add(new Kind(slot.id().task(), slot.copy().source().manifest().scale())))
                .forEach(slot -> newest.add(slot.id()));
        return newest;
    }
}
