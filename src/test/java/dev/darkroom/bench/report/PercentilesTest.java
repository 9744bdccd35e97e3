package dev.darkroom.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void countsFromTheShortest() {
        Percentiles hundred = Percentiles.ofNanos(LongStream.rangeClosed(1, 100).map(millis -> millis * 1_000_000).toArray());
        assertThat(hundred.count()).isEqualTo(100);
        assertThat(hundred.p50Millis()).isCloseTo(50, within(0.1));
        assertThat(hundred.p90Millis()).isCloseTo(90, within(0.1));
        assertThat(hundred.p99Millis()).isCloseTo(99, within(0.1));
        assertThat(hundred.maxMillis()).isCloseTo(100, within(0.1));
    }

    @Test
    void takesDifferencesBelowZero() {
        Percentiles differences = Percentiles.ofNanos(-2_000_000, -1_000_000, 3_000_000);
        assertThat(differences.p50Millis()).isCloseTo(-1, within(0.01));
        assertThat(differences.maxMillis()).isCloseTo(3, within(0.01));
    }

    @Test
    void areUnknownWithoutValues() {
        assertThat(Percentiles.ofNanos().p99Millis()).isNaN();
    }
}
