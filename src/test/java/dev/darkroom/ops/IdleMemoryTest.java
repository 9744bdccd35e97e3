package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Work;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {
    private final Admission admission = new Admission(new Capacity(1000, 1000, Duration.ofMinutes(1)), Duration.ZERO, BatchingEvents.NONE);
    private final IdleMemory memory = new IdleMemory(admission);
    private final AtomicInteger times = new AtomicInteger();

    @Test
    void givesBackOnceWhatTheWorkHasLeft() {
        look();
        assertThat(times).hasValue(0); // there was no work

        var permit = admission.admit(new Work(1, 1, Duration.ofSeconds(1)), Deadline.in(Duration.ofMinutes(1)));
        look();
        look();
        assertThat(times).hasValue(0); // there still is

        permit.close();
        look();
        look();
        assertThat(times).hasValue(1);
    }

    @Test
    void waitsForAPauseBetweenShortRequests() {
        for (int i = 0; i < 3; i++) {
            admission.admit(new Work(1, 1, Duration.ofSeconds(1)), Deadline.in(Duration.ofMinutes(1))).close();
            look();
        }
        assertThat(times).hasValue(0);

        look();
        assertThat(times).hasValue(1);
    }

    private void look() {
        memory.giveBackIfIdle(times::incrementAndGet);
    }
}
