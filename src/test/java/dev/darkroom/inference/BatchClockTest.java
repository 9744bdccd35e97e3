package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchClockTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final BatchClock clock = new BatchClock();

    @Test
    void hasNothingToSpareWithoutABatch() {
        assertThat(clock.nanosToSpare()).isZero();
        assertThat(clock.joined(1)).isFalse();
    }

    @Test
    void sparesHalfOfWhatTheBatchTakesHoweverNearItsEndIs() {
        clock.began(HOUR, 2, 10 * HOUR);
        assertThat(clock.nanosToSpare()).isEqualTo(HOUR);

        clock.began(2, 1, 10 * HOUR);
        assertThat(clock.nanosToSpare()).isOne();
    }

    @Test
    void sparesNoMoreThanTheDeadlineLeaves() {
        clock.began(HOUR, 1, HOUR + HOUR / 4);

        assertThat(clock.nanosToSpare()).isBetween(HOUR / 5, HOUR / 4 + HOUR / 100);
    }

    @Test
    void lastsLongerByWhatSharesItsCores() {
        clock.began(HOUR, 1, 2 * HOUR);

        assertThat(clock.joined(HOUR / 2)).isTrue();
        assertThat(clock.expectedNanos()).isEqualTo(HOUR);
        clock.shares(HOUR / 2);

        assertThat(clock.expectedNanos()).isEqualTo(HOUR + HOUR / 2);
        assertThat(clock.nanosToSpare()).isBetween(HOUR / 2 - HOUR / 100, HOUR / 2);
        clock.shares(HOUR / 4);
        assertThat(clock.nanosToSpare()).isLessThanOrEqualTo(HOUR / 4 + HOUR / 100);
    }

    @Test
    void waitsForThoseThatShareItsCores() {
        clock.began(HOUR, 1, Long.MAX_VALUE);
        clock.joined(1);
        clock.ended();
        var alone = new CompletableFuture<Void>();
        var waiting = new Thread(() -> {
            clock.awaitAlone();
            alone.complete(null);
        });
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(alone).isNotDone();
        clock.parted();
        alone.join();
    }

    @Test
    void isNotJoinedByWhatTakesLonger() {
        clock.began(HOUR, 1, Long.MAX_VALUE);

        assertThat(clock.joined(HOUR)).isFalse();
    }
}
