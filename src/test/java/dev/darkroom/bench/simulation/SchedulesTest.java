package dev.darkroom.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Thousands of schedules of arrivals, sizes, deadlines, cancellations, device failures and shutdowns, with the real queue and
 * admission. {@code -Ddarkroom.seed=N} replays one of them.
 */
class SchedulesTest {
    private static final int SCHEDULES = 10_000;
    private static final Long ONLY = Long.getLong("darkroom.seed");

    @Test
    void loseAndDoubleNothingWhateverFails() {
        long first = ONLY == null ? 0 : ONLY;
        for (long seed = first; seed < (ONLY == null ? SCHEDULES : first + 1); seed++) {
            Schedule schedule = new Schedule(seed, true).run();
            assertThat(schedule.violations).as("seed %d: %s", seed, schedule.trace).isEmpty();
        }
    }

    @Test
    void missNoAcceptedDeadlineWhenNothingFails() {
        long first = ONLY == null ? 0 : ONLY;
        for (long seed = first; seed < (ONLY == null ? SCHEDULES / 4 : first + 1); seed++) {
            Schedule schedule = new Schedule(seed, false).run();
            assertThat(schedule.violations).as("seed %d: %s", seed, schedule.trace).isEmpty();
            assertThat(schedule.expired).as("seed %d: %s", seed, schedule.trace).isZero();
        }
    }

    @Test
    void replayExactly() {
        assertThat(new Schedule(4711, true).run().trace).isEqualTo(new Schedule(4711, true).run().trace).hasSizeGreaterThan(10);
        assertThat(new Schedule(4712, true).run().trace).isNotEqualTo(new Schedule(4711, true).run().trace);
    }
}
