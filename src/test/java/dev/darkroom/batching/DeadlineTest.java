package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    /** The clock may begin anywhere and may pass the largest number. */
    @ParameterizedTest
    @ValueSource(longs = {0, -7, Long.MAX_VALUE - 10})
    void passesWhenItsTimeIsOver(long start) {
        var clock = new AtomicLong(start);
        var deadline = Deadline.in(Duration.ofNanos(50), clock::get);

        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(50));
        clock.addAndGet(50);
        assertThat(deadline.hasPassed()).isFalse();
        clock.addAndGet(1);
        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(-1));
    }

    @Test
    void runsOnTheClockOfTheMachine() {
        assertThat(Deadline.in(Duration.ofDays(1)).remaining()).isBetween(Duration.ofHours(23), Duration.ofDays(1));
        assertThat(Deadline.in(Duration.ofDays(-1)).hasPassed()).isTrue();
    }
}
