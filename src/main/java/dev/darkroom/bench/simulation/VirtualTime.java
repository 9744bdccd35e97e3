package dev.darkroom.bench.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongSupplier;

/** A clock that jumps from event to event; what happens at the same moment happens in an order that the seed decides. */
public final class VirtualTime implements LongSupplier {
    private record Event(long nanos, int order, long number, Runnable happening) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::nanos).thenComparingInt(Event::order).thenComparingLong(Event::number));
    private final Random order;
    private long nowNanos;
    private long scheduled;

    public VirtualTime(long seed) {
        order = new Random(seed);
    }

    @Override
    public long getAsLong() {
        return nowNanos;
    }

    public void after(Duration delay, Runnable happening) {
        events.add(new Event(nowNanos + delay.toNanos(), order.nextInt(), scheduled++, happening));
    }

    /** Until nothing is left to happen. */
    public void run() {
        for (Event next = events.poll(); next != null; next = events.poll()) {
            nowNanos = next.nanos;
            next.happening.run();
        }
    }

    public boolean isOver() {
        return events.isEmpty();
    }
}
