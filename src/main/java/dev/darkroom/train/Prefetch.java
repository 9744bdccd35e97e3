package dev.darkroom.train;

import dev.darkroom.memory.Uninterrupted;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.network.TrainingException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Prepares the next batches on threads of its own while the device works on the current one, and hands them out in order.
 *
 * <p>Belongs to the thread that asks for batches.
 */
final class Prefetch implements AutoCloseable {
    private static final int AHEAD = 4;

    private final Queue<Future<List<Example>>> ready = new ArrayDeque<>();
    private final LongFunction<List<Example>> batches;
    private final ExecutorService threads;
    private long nextStep;

    /** @param batches makes a step's batch; with several threads it is called by them at the same time */
    Prefetch(long firstStep, LongFunction<List<Example>> batches, int threadCount) {
        this.batches = batches;
        nextStep = firstStep;
        threads = Executors.newFixedThreadPool(threadCount, task -> {
            Thread thread = new Thread(task, "prefetch");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < Math.max(AHEAD, 2 * threadCount); i++) {
            prepareAnother();
        }
    }

    private void prepareAnother() {
        long step = nextStep++;
        ready.add(threads.submit(() -> batches.apply(step)));
    }

    List<Example> next() throws InterruptedException {
        prepareAnother();
        try {
            return ready.remove().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new TrainingException("a batch could not be prepared: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        Uninterrupted.until(() -> threads.awaitTermination(1, TimeUnit.DAYS));
    }
}
