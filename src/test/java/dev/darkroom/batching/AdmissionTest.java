package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
    private final List<Work> admitted = new ArrayList<>();
    private final Admission admission = new Admission(new Capacity(100, 1000, Duration.ofSeconds(60)), Duration.ZERO, new BatchingEvents() {
        @Override
        public void admitted(Work work) {
            admitted.add(work);
        }

        @Override
        public void refused(Refusal reason) {
            refusals.merge(reason, 1, Integer::sum);
        }
    }, clock::get);

    @Test
    void admitsPixelsUpToItsCapacity() {
        admit(40, 1, 1, LONG);
        admit(60, 1, 1, LONG);

        assertThat(refused(1, 1, 1, LONG).reason()).isEqualTo(Refusal.PIXELS);
        assertThat(admission.admittedPixels()).isEqualTo(100);
        assertThat(admitted).hasSize(2);
        assertThat(refusals).containsExactly(Map.entry(Refusal.PIXELS, 1));
    }

    @Test
    void admitsMemoryUpToItsCapacity() {
        admit(1, 400, 1, LONG);
        var upload = admission.hold(500);

        assertThat(refused(1, 101, 1, LONG).reason()).isEqualTo(Refusal.MEMORY);
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> admission.hold(101));
        upload.close();
        upload.close();

        assertThat(admission.heldBytes()).isEqualTo(400);
        admit(1, 600, 1, LONG);
    }

    @Test
    void holdsOfFinishedWorkWhatHasComeOfIt() {
        var permit = admit(40, 900, 1, LONG);

        Hold answer = permit.keep(300);
        permit.close();

        assertThat(admission.admittedPixels()).isZero();
        assertThat(admission.heldBytes()).isEqualTo(300);
        answer.close();
        answer.close();
        assertThat(admission.heldBytes()).isZero();
    }

    @Test
    void letsAHoldGrowAsFarAsThereIsRoom() {
        admit(1, 400, 1, LONG);
        Hold upload = admission.hold(0);

        upload.grow(600);
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> upload.grow(1));

        assertThat(admission.heldBytes()).isEqualTo(1000);
        upload.close();
        assertThat(admission.heldBytes()).isEqualTo(400);
        assertThat(refusals).containsExactly(Map.entry(Refusal.MEMORY, 1));
    }

    @Test
    void freesAPermitClosedTwiceOnce() {
        admit(10, 100, 1, LONG);
        var permit = admit(30, 300, 1, LONG);

        permit.close();
        permit.close();

        assertThat(admission.admittedPixels()).isEqualTo(10);
        assertThat(admission.heldBytes()).isEqualTo(100);
    }

    @Test
    void letsOnlySoMuchWorkComeBeforeARequestIsDone() {
        admit(1, 1, 100, LONG);
        admit(1, 1, 40, LONG);

        admit(1, 1, 20, LONG); // shares with the others until it is done: 22 + 22
        QueueFullException refusal = refused(1, 1, 30, LONG);

        assertThat(refusal.reason()).isEqualTo(Refusal.BACKLOG); // 33 + 33 + 22 are more than 60
        // when 17 more of each are done, 33 + 27 + 5 are ahead; 33 + 22 + 0 after 22
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(58_400), Duration.ofMillis(58_700));
    }

    @Test
    void letsASmallRequestInBesideAVeryLongOne() {
        admit(1, 1, 3000, LONG);

        admit(1, 1, 1, LONG);
    }

    @Test
    void refusesAtOnceWhatAnIdleServiceCouldNotDoInTime() {
        assertThatExceptionOfType(DeadlineUnreachableException.class).isThrownBy(() -> admit(1, 1, 41, Duration.ofSeconds(10)))
                .withMessage("This takes about 41.0 s here, but only 10.0 s are left for it, so it was not begun.");
        assertThat(refusals).containsExactly(Map.entry(Refusal.UNREACHABLE, 1));
        assertThat(admission.admittedPixels()).isZero();
    }

    @Test
    void refusesWhatTheQueueMakesLateAndSaysWhenItWouldNot() {
        admit(1, 1, 10, Duration.ofSeconds(12));

        QueueFullException refusal = refused(1, 1, 5, Duration.ofSeconds(13));

        assertThat(refusal.reason()).isEqualTo(Refusal.DEADLINE);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(3500)); // 11 + 5.5 - 13
    }

    @Test
    void keepsThePromisesItHasMade() {
        admit(1, 1, 10, Duration.ofSeconds(15));

        QueueFullException hurried = refused(1, 1, 5, Duration.ofSeconds(6));

        assertThat(hurried.reason()).isEqualTo(Refusal.DEADLINE);
        assertThat(hurried.retryAfter()).isEqualTo(Duration.ofSeconds(11)); // when the first is done
        admit(1, 1, 5, Duration.ofSeconds(40));
    }

    @Test
    void letsAHurriedRequestOvertakeAPatientOne() {
        admit(1, 1, 10, Duration.ofSeconds(100));

        admit(1, 1, 5, Duration.ofSeconds(6));
    }

    @Test
    void doesNotRefuseForTheSakeOfARequestThatIsLateAnyway() {
        admit(1, 1, 10, Duration.ofSeconds(12));
        clock.addAndGet(Duration.ofSeconds(5).toNanos());

        admit(1, 1, 1, Duration.ofSeconds(6));
    }

    @Test
    void countsOnlyTheWorkThatIsLeft() {
        var permit = admit(1, 1, 10, LONG);

        permit.left(0.25);

        assertThat(admission.queued()).isEqualTo(Duration.ofMillis(2750));
    }

    @Test
    void expectsTheSmallestRequestsToLeaveFirst() {
        admit(50, 1, 10, LONG);
        admit(10, 1, 2, LONG);
        admit(40, 1, 30, LONG);

        assertThat(refused(10, 1, 1, LONG).retryAfter()).isEqualTo(Duration.ofMillis(6600)); // 2 + 2 + 2, sharing
        assertThat(refused(60, 1, 1, LONG).retryAfter()).isEqualTo(Duration.ofMillis(24_200)); // 10 + 2 + 10
        assertThat(refused(100, 1, 1, LONG).retryAfter()).isEqualTo(Duration.ofMillis(46_200));
    }

    @Test
    void asksForASecondAtLeast() {
        admit(100, 1, 0, LONG);

        assertThat(refused(1, 1, 0, LONG).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    /** Done in the order of deadlines, all that was let in must be in time: checked against a plain reckoning. */
    @Test
    void letsInExactlyWhatKeepsEveryDeadlineFeasible() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var fresh = new Admission(new Capacity(1000, 1000, Duration.ofHours(9)), Duration.ZERO, BatchingEvents.NONE, clock::get);
            List<int[]> promises = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int[] request = {1 + random.nextInt(9), 10 + random.nextInt(50)};
                promises.add(request);
                boolean expected = feasible(promises);
                boolean actual = true;
                try {
                    fresh.admit(new Work(1, 1, Duration.ofSeconds(request[0])), Deadline.in(Duration.ofSeconds(request[1]), clock::get));
                } catch (QueueFullException e) {
                    actual = false;
                    promises.remove(promises.size() - 1);
                }
                assertThat(actual).as("seed %d, request %d", seed, i).isEqualTo(expected);
            }
        }
    }

    private static boolean feasible(List<int[]> promises) {
        double work = 0;
        for (int[] promise : promises.stream().sorted((a, b) -> a[1] - b[1]).toList()) {
            work += 1.1 * promise[0];
            if (work > promise[1] + 1e-9) {
                return false;
            }
        }
        return true;
    }

    @Test
    void refusesACapacityOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Capacity(0, 1, LONG));
    }

    private Admission.Permit admit(long pixels, long bytes, long seconds, Duration timeout) {
        return admission.admit(new Work(pixels, bytes, Duration.ofSeconds(seconds)), Deadline.in(timeout, clock::get));
    }

    private QueueFullException refused(long pixels, long bytes, long seconds, Duration timeout) {
        return catchThrowableOfType(QueueFullException.class, () -> admit(pixels, bytes, seconds, timeout));
    }
}
