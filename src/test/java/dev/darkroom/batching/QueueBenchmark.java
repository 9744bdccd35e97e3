package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the queue and the admission cost on their own, with so many requests before a new one:
 * {@code mvn test -Dtest=QueueBenchmark}. Not among the tests that run by themselves, because of its name.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueueBenchmark {
    private static final int BATCH = 8;
    private static final Duration TILE = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofDays(1);

    /** Requests of eight tiles, of which a device takes one batch after the other while as many new ones come. */
    @State(Scope.Thread)
    public static class Queue {
        @Param({"1", "100", "1000"})
        int depth;

        private final List<Integer> tiles = Collections.nCopies(BATCH, 1);
        private BatchQueue<String, Integer> queue;

        @Setup(Level.Iteration)
        public void fill() {
            queue = new BatchQueue<>(new Pace<>(key -> TILE.toNanos(), (key, tiles) -> tiles * TILE.toNanos(), TILE, Duration.ZERO), BatchingEvents.NONE);
            for (int i = 0; i < depth; i++) {
                submit();
            }
        }

        private Submission<String, Integer> submit() {
            return queue.submit(Map.of("shape", tiles), Deadline.in(PATIENCE));
        }
    }

    /** A request comes, a batch goes: the depth stays. */
    @Benchmark
    public Batch<String, Integer> submitPollComplete(Queue state) {
        state.submit();
        Batch<String, Integer> batch = state.queue.poll(key -> BATCH).orElseThrow();
        batch.complete();
        return batch;
    }

    /** Requests that were let in, the oldest of which leaves as a new one comes. */
    @State(Scope.Thread)
    public static class Entrance {
        @Param({"1", "100", "1000"})
        int inFlight;

        private final Work work = new Work(1_000_000, 3_000_000, TILE);
        private final Deque<Admission.Permit> permits = new ArrayDeque<>();
        private Admission admission;

        @Setup(Level.Iteration)
        public void fill() {
            admission = new Admission(new Capacity(Long.MAX_VALUE, Long.MAX_VALUE, PATIENCE), TILE, BatchingEvents.NONE);
            permits.clear();
            for (int i = 0; i < inFlight; i++) {
                permits.add(admit());
            }
        }

        private Admission.Permit admit() {
            return admission.admit(work, Deadline.in(PATIENCE));
        }
    }

    @Benchmark
    public Admission.Permit admitAndLeave(Entrance state) {
        state.permits.add(state.admit());
        Admission.Permit oldest = state.permits.remove();
        oldest.close();
        return oldest;
    }

    @Test
    void runs() throws RunnerException {
        var options = new OptionsBuilder().include(QueueBenchmark.class.getName()).shouldFailOnError(true).build();
        assertThat(new Runner(options).run()).hasSize(6);
    }
}
