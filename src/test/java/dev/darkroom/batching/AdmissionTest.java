package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long MEGAPIXEL = 1_000_000;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Admission admission = new Admission(10 * MEGAPIXEL, clock::get);

    @Test
    void admitsWorkUpToItsCapacity() {
        admission.admit(4 * MEGAPIXEL);
        admission.admit(6 * MEGAPIXEL);

        assertThat(admission.admittedPixels()).isEqualTo(10 * MEGAPIXEL);
        assertThat(catchThrowableOfType(QueueFullException.class, () -> admission.admit(1))).isNotNull();
        assertThat(admission.admittedPixels()).isEqualTo(10 * MEGAPIXEL);
    }

    @Test
    void admitsAgainWhatHasRoomAgain() {
        var permit = admission.admit(10 * MEGAPIXEL);
        permit.close();

        admission.admit(10 * MEGAPIXEL);

        assertThat(admission.admittedPixels()).isEqualTo(10 * MEGAPIXEL);
    }

    @Test
    void countsAPermitClosedTwiceOnce() {
        admission.admit(MEGAPIXEL);
        var permit = admission.admit(3 * MEGAPIXEL);

        permit.close();
        permit.close();
        permit.done();

        assertThat(admission.admittedPixels()).isEqualTo(MEGAPIXEL);
    }

    @Test
    void countsWorkDoneTwiceOnce() {
        var permit = admission.admit(3 * MEGAPIXEL);
        after(Duration.ofSeconds(1));
        permit.done();
        double once = secondsOfOneMegapixel();

        permit.done();
        permit.close();

        assertThat(secondsOfOneMegapixel()).isEqualTo(once);
        assertThat(admission.admittedPixels()).isZero();
    }

    @Test
    void saysToComeBackWhenTheExcessShouldBeGone() {
        work(100, MEGAPIXEL, Duration.ofSeconds(2));
        admission.admit(10 * MEGAPIXEL);

        assertThat(retryAfter(3 * MEGAPIXEL)).isBetween(Duration.ofMillis(5990), Duration.ofMillis(6010));
        assertThat(admission.queuedSeconds()).isCloseTo(20, within(0.1));
    }

    @Test
    void followsTheRateAtWhichWorkLeaves() {
        work(100, MEGAPIXEL, Duration.ofSeconds(4));
        work(100, MEGAPIXEL, Duration.ofMillis(500));
        admission.admit(10 * MEGAPIXEL);

        assertThat(retryAfter(6 * MEGAPIXEL)).isBetween(Duration.ofMillis(2990), Duration.ofMillis(3010));
    }

    @Test
    void isNotMisledBySmallWorkThatOvertakesLargeWork() {
        work(100, MEGAPIXEL, Duration.ofSeconds(1));
        admission.admit(9 * MEGAPIXEL);
        work(50, MEGAPIXEL / 100, Duration.ofMillis(10));

        assertThat(retryAfter(6 * MEGAPIXEL)).isBetween(Duration.ofMillis(4990), Duration.ofMillis(5010));
    }

    @Test
    void doesNotCountTheTimeWithoutWork() {
        work(100, MEGAPIXEL, Duration.ofSeconds(2));
        after(Duration.ofHours(10));
        work(1, MEGAPIXEL, Duration.ofSeconds(2));

        assertThat(secondsOfOneMegapixel()).isCloseTo(2, within(0.01));
    }

    @Test
    void learnsNothingFromWorkThatWasGivenUp() {
        double before = secondsOfOneMegapixel();
        var permit = admission.admit(9 * MEGAPIXEL);
        after(Duration.ofHours(1));

        permit.close();

        assertThat(secondsOfOneMegapixel()).isEqualTo(before);
    }

    @Test
    void keepsItsRateWhenWorkTakesNoTime() {
        work(1000, MEGAPIXEL, Duration.ZERO);
        admission.admit(10 * MEGAPIXEL);

        assertThat(retryAfter(MEGAPIXEL)).isEqualTo(Duration.ofSeconds(1));
        assertThat(admission.queuedSeconds()).isBetween(0.0, 1.0);
    }

    @Test
    void asksForASecondAtLeast() {
        work(100, MEGAPIXEL, Duration.ofMillis(1));
        admission.admit(10 * MEGAPIXEL);

        assertThat(retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void refusesACapacityOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Admission(0));
    }

    private void work(int times, long pixels, Duration each) {
        for (int i = 0; i < times; i++) {
            var permit = admission.admit(pixels);
            after(each);
            permit.done();
        }
    }

    private double secondsOfOneMegapixel() {
        try (var permit = admission.admit(MEGAPIXEL)) {
            return admission.queuedSeconds();
        }
    }

    private Duration retryAfter(long pixels) {
        return catchThrowableOfType(QueueFullException.class, () -> admission.admit(pixels)).retryAfter();
    }

    private void after(Duration duration) {
        clock.addAndGet(duration.toNanos());
    }
}
