package dev.darkroom.ops;

import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Ending;
import dev.darkroom.batching.Refusal;
import dev.darkroom.batching.Work;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Counts what happens to requests before the devices. */
@Singleton
class BatchingMetrics implements BatchingEvents {
    private final Timer wait;
    private final Counter admittedPixels;
    private final Map<Refusal, Counter> refusals;
    private final Map<Ending, Counter> endings;

    BatchingMetrics(MeterRegistry registry) {
        wait = Timer.builder("darkroom.queue.wait").description("From the queue to a device, of a request's first tile")
                .publishPercentileHistogram().register(registry);
        admittedPixels = Counter.builder("darkroom.admission").description("Pixels of uploads that were let in")
                .baseUnit("pixels").register(registry);
        refusals = counters(Refusal.class, reason -> Counter.builder("darkroom.admission.refusals")
                .description("Uploads that were not let in").tag("reason", label(reason)).register(registry));
        endings = counters(Ending.class, ending -> Counter.builder("darkroom.requests.ended")
                .description("Requests whose tiles ended, by how they ended").tag("ending", label(ending)).register(registry));
    }

    private static <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, Function<E, Counter> counter) {
        Map<E, Counter> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, counter.apply(constant));
        }
        return counters;
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void admitted(Work work) {
        admittedPixels.increment(work.pixels());
    }

    @Override
    public void refused(Refusal reason) {
        refusals.get(reason).increment();
    }

    @Override
    public void started(Duration waited) {
        wait.record(waited);
    }

    @Override
    public void ended(Ending ending) {
        endings.get(ending).increment();
    }
}
