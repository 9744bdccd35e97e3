package dev.darkroom.train;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongFunction;

/** Prepares the next batches on a thread of its own while the device works on the current one. */
final class Prefetch implements AutoCloseable {
    private static final int AHEAD = 4;

    private record Prepared(List<Example> batch, RuntimeException failure) {}

    private final BlockingQueue<Prepared> ready = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;

    Prefetch(long firstStep, LongFunction<List<Example>> batches) {
        thread = new Thread(() -> prepare(firstStep, batches), "prefetch");
        thread.setDaemon(true);
        thread.start();
    }

    List<Example> next() throws InterruptedException {
        Prepared prepared = ready.take();
        if (prepared.failure != null) {
            throw prepared.failure;
        }
        return prepared.batch;
    }

    private void prepare(long firstStep, LongFunction<List<Example>> batches) {
        try {
            for (long step = firstStep; ; step++) {
                ready.put(prepare(batches, step));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Prepared prepare(LongFunction<List<Example>> batches, long step) {
        try {
            return new Prepared(batches.apply(step), null);
        } catch (RuntimeException e) {
            return new Prepared(List.of(), e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
