package dev.darkroom.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/** Gives the time of HTTP requests a histogram whose few buckets span thumbnails on a GPU to the longest timeout. */
@Singleton
class AnswerTimes implements MeterFilter {
    private static final double[] BUCKETS = Stream.of(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 240_000)
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos()).toArray();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals("http.server.requests")
                ? DistributionStatisticConfig.builder().serviceLevelObjectives(BUCKETS).build().merge(config) : config;
    }
}
