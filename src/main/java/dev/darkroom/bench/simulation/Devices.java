package dev.darkroom.bench.simulation;

import dev.darkroom.batching.Appetite;
import dev.darkroom.batching.Batch;
import dev.darkroom.batching.BatchQueue;
import dev.darkroom.batching.NoDeviceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The devices of one service, which take batches whenever they are idle and there are some. */
final class Devices {
    private final VirtualTime time;
    private final BatchQueue<Integer, SimulatedTile> queue;
    private final Speed speed;
    private final Fault.Source faults;
    private final List<Device> devices = new ArrayList<>();

    Devices(int count, VirtualTime time, BatchQueue<Integer, SimulatedTile> queue, Speed speed, Fault.Source faults) {
        this.time = time;
        this.queue = queue;
        this.speed = speed;
        this.faults = faults;
        for (int i = 0; i < count; i++) {
            devices.add(new Device());
        }
    }

    /** There may be work. */
    void wake() {
        devices.forEach(device -> time.after(Duration.ZERO, device::takeIfIdle));
    }

    /** Does what the real worker does with a batch, except for the computing. */
    private final class Device {
        private final Deque<Batch<Integer, SimulatedTile>> unsettled = new ArrayDeque<>();
        private final Appetite<Integer> largest = speed::tilesPerBatch;
        private boolean lost;

        void takeIfIdle() {
            if (lost || !unsettled.isEmpty()) {
                return;
            }
            Optional<Batch<Integer, SimulatedTile>> batch = queue.poll(largest);
            batch.ifPresent(taken -> {
                unsettled.push(taken);
                time.after(Duration.ZERO, this::runNext); // what comes in the same moment may still join
            });
        }

        private void runNext() {
            Batch<Integer, SimulatedTile> batch = unsettled.peek();
            queue.grow(batch, unsettled.size() == 1 ? largest : key -> batch.size());
            Fault fault = faults.next(batch);
            Duration duration = speed.of(batch.key(), batch.size());
            time.after(fault == Fault.SLOW ? duration.multipliedBy(10) : duration, () -> ended(unsettled.pop(), fault));
        }

        private void ended(Batch<Integer, SimulatedTile> batch, Fault fault) {
            boolean fails = fault == Fault.BAD_TILE || fault == Fault.OUT_OF_MEMORY;
            if (fault == Fault.DEVICE_LOST) {
                unsettled.push(batch);
                lose();
                return;
            }
            if (fails && batch.size() > 1) {
                batch.halves().forEach(unsettled::push);
            } else if (fault == Fault.BAD_TILE) {
                batch.fail(new IllegalStateException("a bad tile"));
            } else {
                batch.tiles().forEach(tile -> tile.done().run());
                batch.complete();
            }
            if (unsettled.isEmpty()) {
                takeIfIdle();
            } else {
                runNext();
            }
        }

        private void lose() {
            lost = true;
            unsettled.forEach(queue::putBack);
            unsettled.clear();
            if (devices.stream().allMatch(device -> device.lost)) {
                queue.abandon(new NoDeviceException());
            }
            wake();
        }
    }
}
