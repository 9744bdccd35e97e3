package dev.darkroom.loss.network;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A calculation that runs out of memory is tried again with smaller {@link Window}s, of which one is in memory at a time; the value stays the same.
 *
 * @param isLack  tells lack of memory from other failures
 * @param release gives back what a device keeps for later, before the next try
 */
public record WithinMemory(Predicate<Throwable> isLack, Runnable release) {
    /**
     * Pixels along one axis of what a network sees at a time: with the first a map of VGG16's first layers is 139 MB in float32, with each other one half
     * of it; smaller ones would be surroundings only.
     */
    static final List<Integer> SIDES = List.of(736, 528, 384);

    private static final ThreadLocal<Integer> OF_THREAD = ThreadLocal.withInitial(() -> SIDES.get(0));

    /** The present calculation's. */
    static int side() {
        return OF_THREAD.get();
    }

    /** @throws RuntimeException what the calculation throws, lack of memory with the smallest windows too */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    public <T> T of(Supplier<T> calculation) {
        for (int side : SIDES.subList(0, SIDES.size() - 1)) {
            try {
                return with(side, calculation);
            } catch (Throwable failure) {
                if (!isLack.test(failure)) {
                    throw failure;
                }
                release.run();
            }
        }
        return with(SIDES.get(SIDES.size() - 1), calculation);
    }

    static <T> T with(int side, Supplier<T> calculation) {
        int before = OF_THREAD.get();
        OF_THREAD.set(side);
        try {
            return calculation.get();
        } finally {
            OF_THREAD.set(before);
        }
    }
}
