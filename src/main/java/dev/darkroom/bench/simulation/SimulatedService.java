package dev.darkroom.bench.simulation;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.BatchQueue;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.DeadlineUnreachableException;
import dev.darkroom.batching.NoDeviceException;
import dev.darkroom.batching.Pace;
import dev.darkroom.batching.QueueClosedException;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.batching.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** One service: the real admission and the real queue, and simulated devices. */
public final class SimulatedService {
    private static final Duration LONGEST_BATCH = Duration.ofMillis(250);

    private final VirtualTime time;
    private final Admission admission;
    private final BatchQueue<Integer, SimulatedTile> queue;
    private final Devices devices;
    private final Duration delay;
    private final Log log;

    /** What happens to requests, for whoever counts it. */
    public interface Log {
        void refused(Arrival request, RuntimeException reason);

        void accepted(Arrival request, Submission<Integer, SimulatedTile> submission);

        /** @param failure null if it succeeded */
        void ended(Arrival request, Throwable failure);

        default void released(Arrival request) {}
    }

    public SimulatedService(VirtualTime time, int deviceCount, Speed speed, Capacity capacity, Duration delay, Fault.Source faults, Log log) {
        this.time = time;
        this.delay = delay;
        this.log = log;
        admission = new Admission(capacity, LONGEST_BATCH, BatchingEvents.NONE, time);
        var pace = new Pace<Integer>(side -> speed.nanosPerTile().applyAsLong(side) / deviceCount, (side, tiles) -> speed.of(side, tiles).toNanos(), LONGEST_BATCH.multipliedBy(2), delay);
        queue = new BatchQueue<>(pace, BatchingEvents.NONE, time);
        devices = new Devices(deviceCount, time, queue, speed, faults);
    }

    /** A request comes, is refused or let in, and its client may leave again. */
    public void receive(Arrival request) {
        var deadline = Deadline.in(request.timeout(), time);
        Admission.Permit permit;
        Submission<Integer, SimulatedTile> submission;
        try {
            permit = admission.admit(request.work(), deadline);
        } catch (QueueFullException | DeadlineUnreachableException refusal) {
            log.refused(request, refusal);
            return;
        }
        try {
            submission = queue.submit(tiles(request, permit), deadline);
        } catch (QueueClosedException | NoDeviceException refusal) {
            permit.close();
            log.refused(request, refusal);
            return;
        }
        log.accepted(request, submission);
        submission.completion().whenComplete((done, failure) ->
                log.ended(request, failure instanceof CompletionException wrapped ? wrapped.getCause() : failure));
        submission.released().whenComplete((done, failure) -> {
            permit.close();
            log.released(request);
        });
        request.cancelAfter().ifPresent(delay -> time.after(delay, submission::cancel));
        time.after(request.timeout().plusNanos(1), submission::expire);
        devices.wake();
        time.after(delay, devices::wake);
    }

    private static Map<Integer, List<SimulatedTile>> tiles(Arrival request, Admission.Permit permit) {
        int total = request.tiles().values().stream().mapToInt(count -> count).sum();
        var left = new AtomicInteger(total);
        Runnable onDone = () -> permit.left((double) left.decrementAndGet() / total);
        Map<Integer, List<SimulatedTile>> tiles = new HashMap<>();
        int number = 0;
        for (var entry : request.tiles().entrySet()) {
            for (int i = 0; i < entry.getValue(); i++) {
                tiles.computeIfAbsent(entry.getKey(), side -> new ArrayList<>()).add(new SimulatedTile(request, number++, onDone));
            }
        }
        return tiles;
    }

    /** Takes nothing new; what was accepted is finished. */
    public void shutDown() {
        queue.close();
        devices.wake();
    }

    public Admission admission() {
        return admission;
    }

    public int queueDepth() {
        return queue.depth();
    }
}
