package dev.darkroom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a changing load arrives. */
class LoadShapeTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double PER_SECOND = 10;

    @ParameterizedTest
    @EnumSource
    void isNeverMoreThanItsMost(LoadShape shape) {
        assertThat(IntStream.rangeClosed(0, 1000).mapToDouble(i -> shape.at(i / 1000.0))).allMatch(rate -> rate >= 0 && rate <= shape.most() + 1e-12);
    }

    @Test
    void aDayHasItsMeanAndSevenTimesAsMuchAtNoonAsAtNight() {
        assertThat(IntStream.range(0, 1000).mapToDouble(i -> LoadShape.DAY.at((i + 0.5) / 1000)).average().orElseThrow()).isCloseTo(1, within(1e-9));
        assertThat(LoadShape.DAY.at(0.5) / LoadShape.DAY.at(0)).isCloseTo(7, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void arrivalsFollowIt(LoadShape shape) {
        List<Long> arrivals = Arrivals.nanos(PER_SECOND, shape, HOUR, 5);
        assertThat(arrivals).isSorted();
        for (int tenth = 0; tenth < 20; tenth++) {
            double from = tenth / 20.0;
            double to = from + 0.05;
            double expected = PER_SECOND * HOUR.toSeconds() * IntStream.range(0, 100).mapToDouble(i -> shape.at(from + (i + 0.5) / 2000)).sum() / 2000;
            long came = arrivals.stream().filter(at -> at >= from * HOUR.toNanos() && at < to * HOUR.toNanos()).count();
            assertThat((double) came).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }
}
