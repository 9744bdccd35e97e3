package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.Deadline;
import dev.darkroom.model.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EnhanceRequestTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final EnhanceRequest REQUEST = EnhanceRequest.of(Task.DENOISE);

    /** However long it stood in a queue before anybody looked at it. */
    @Test
    void patienceBeginsWhenTheUploadHasArrived() {
        long arrived = System.nanoTime() - Duration.ofSeconds(3).toNanos();

        Deadline deadline = REQUEST.within(Duration.ofSeconds(2)).arrived(arrived).deadline(LIMIT);

        assertThat(deadline.nanoTime()).isEqualTo(arrived + Duration.ofSeconds(2).toNanos());
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void patienceOfWhatDidNotArriveBeginsNow() {
        assertThat(REQUEST.within(Duration.ofSeconds(20)).deadline(LIMIT).remaining()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void aCallerCanOnlyShortenTheLimit() {
        assertThat(REQUEST.within(LIMIT.multipliedBy(2)).deadline(LIMIT).remaining()).isLessThanOrEqualTo(LIMIT);
        assertThat(REQUEST.deadline(LIMIT).remaining()).isLessThanOrEqualTo(LIMIT);
    }
}
