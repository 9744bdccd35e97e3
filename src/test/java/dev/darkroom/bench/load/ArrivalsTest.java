package dev.darkroom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void areTheSameForTheSameSeedOnly() {
        assertThat(Arrivals.nanos(2, HOUR, 1)).isEqualTo(Arrivals.nanos(2, HOUR, 1)).isNotEqualTo(Arrivals.nanos(2, HOUR, 2));
    }

    @Test
    void comeAtTheirRateUntilTheEnd() {
        List<Long> arrivals = Arrivals.nanos(10, HOUR, 3);
        assertThat(arrivals).isSorted().hasSizeBetween(35_000, 37_000);
        assertThat(arrivals.get(arrivals.size() - 1)).isLessThan(HOUR.toNanos());
    }

    @Test
    void forgetThePast() {
        List<Long> arrivals = Arrivals.nanos(10, HOUR, 4);
        double[] gaps = IntStream.range(1, arrivals.size()).mapToDouble(i -> (arrivals.get(i) - arrivals.get(i - 1)) / 1e9).toArray();
        double longerThanTheMean = IntStream.range(0, gaps.length).filter(i -> gaps[i] > 0.1).count() / (double) gaps.length;
        assertThat(longerThanTheMean).isCloseTo(Math.exp(-1), within(0.01));
    }
}
