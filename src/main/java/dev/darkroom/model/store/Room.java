package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How much of the checkpoints is held in memory, on each device, counted by the sizes of their files. It is an aim: what serves whoever
 * names no loss is held as well, and so is whatever is in use, ready or resting.
 *
 * @param bytes of all files together
 */
public record Room(long bytes) {
    public static final Room UNLIMITED = new Room(Long.MAX_VALUE);

    /** A slot that may go to rest, as it is now: while others look at them, checkpoints are lent and given back. */
    private record Resident<C extends AutoCloseable>(Slot<C> slot, boolean inUse, long lastAskedFor) {}

    /**
     * Those of the ready ones that are to rest so that the others and what is coming fit: what nobody uses before what somebody does, and of
     * each first what has not been asked for, the last of the order first, then what was asked for longest ago. Files of which newer ones were
     * refused could not be loaded again, so they stay.
     *
     * @param slots   in the order of need
     * @param staying whatever the room
     * @param coming  bytes of what is about to be loaded
     */
    <C extends AutoCloseable> List<Slot<C>> surplus(Collection<Slot<C>> slots, Set<CheckpointId> staying, long coming) {
        List<Slot<C>> ready = slots.stream().filter(Slot::isReady).toList();
        List<Resident<C>> residents = new ArrayList<>(ready.stream().filter(slot -> !staying.contains(slot.id()) && slot.refusal() == null)
                .map(slot -> new Resident<>(slot, slot.copy().isLent(), slot.copy().lastAskedFor())).toList());
        Collections.reverse(residents);
        residents.sort(Comparator.<Resident<C>, Boolean>comparing(Resident::inUse).thenComparing(Resident::lastAskedFor));
        List<Slot<C>> surplus = new ArrayList<>();
        double held = (double) coming + ready.stream().mapToLong(slot -> slot.copy().bytes()).sum();
        for (Resident<C> resident : residents) {
            if (held > bytes) {
                surplus.add(resident.slot());
                held -= resident.slot().copy().bytes();
            }
        }
        return surplus;
    }
}
