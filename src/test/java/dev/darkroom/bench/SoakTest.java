package dev.darkroom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakTest {
    private static Soak.Found found(DoubleUnaryOperator megabytesAt) {
        List<Soak.Sample> samples = IntStream.range(0, 120)
                .mapToObj(i -> new Soak.Sample(10.0 * i, megabytesAt.applyAsDouble(10.0 * i))).toList();
        return Soak.found(Duration.ofMinutes(20), 1, samples);
    }

    @Test
    void seesMemoryThatLeaks() {
        Soak.Found found = found(seconds -> 1000 + seconds / 36);
        assertThat(found.megabytesPerHour()).isCloseTo(100, within(1e-6));
        assertThat(found.lastQuarterMegabytes() - found.firstQuarterMegabytes()).isCloseTo(25, within(1e-6));
    }

    @Test
    void forgivesTheWarmUp() {
        assertThat(found(seconds -> Math.min(1000, 500 + seconds)).megabytesPerHour()).isZero();
    }
}
