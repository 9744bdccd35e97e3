package dev.darkroom.cores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoresTest {
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final Deadline FAR = Deadline.in(Duration.ofMinutes(2));

    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> done = new ArrayList<>();
    private Cores cores = new Cores(1);

    @AfterEach
    void close() {
        released.countDown();
        cores.close();
    }

    @Test
    void aShortErrandNeverWaitsForALongOnesEnd() throws Exception {
        cores.close();
        cores = new Cores(2);
        for (int search = 0; search < 8; search++) {
            occupy(LONG);
        }

        var decoded = new CountDownLatch(3);
        for (int thumbnail = 0; thumbnail < 3; thumbnail++) {
            cores.share(FAR, false).expecting(SHORT, Duration.ZERO).execute(decoded::countDown);
        }

        assertThat(decoded.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(cores.waiting()).as("long ones have one thread of two").isEqualTo(7);
    }

    @Test
    void shortErrandsOvertakeLongOnes() throws Exception {
        occupy(SHORT).await();
        add("search", LONG, FAR);
        add("large picture", Duration.ofMillis(190), FAR);
        add("thumbnail", SHORT, FAR);

        assertThat(inTheOrderOfTheirTurns()).containsExactly("thumbnail", "large picture", "search");
    }

    @Test
    void whoeverHasWaitedManyTimesItsLengthIsOvertakenNoMore() {
        var early = new Errand(() -> {}, LONG, System.nanoTime(), 0);
        var late = Errand.of(() -> {}, SHORT, FAR, false, 1);

        assertThat(early).isLessThan(late);
    }

    @Test
    void aDeadlineAtStakeGoesFirst() throws Exception {
        occupy(SHORT).await();
        add("thumbnail", Duration.ofMillis(150), FAR);
        add("in a hurry", LONG, Deadline.in(LONG.plusMillis(100)));

        assertThat(inTheOrderOfTheirTurns()).containsExactly("in a hurry", "thumbnail");
    }

    @Test
    void whatFollowsCountsToo() throws Exception {
        occupy(SHORT).await();
        add("thumbnail", Duration.ofMillis(150), FAR);
        cores.share(Deadline.in(Duration.ofSeconds(10)), false).expecting(LONG, Duration.ofSeconds(7)).execute(() -> done.add("in a hurry"));

        assertThat(inTheOrderOfTheirTurns()).containsExactly("in a hurry", "thumbnail");
    }

    @Test
    void whoeverGivesUpIsDoneThoughNoThreadIsFree() throws Exception {
        occupy(SHORT).await();
        var gone = new CountDownLatch(1);
        Share share = cores.share(FAR, false);
        share.expecting(LONG, Duration.ZERO).execute(gone::countDown);

        share.giveUp();

        assertThat(gone.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(cores.waiting()).isZero();
    }

    @Test
    void whatNobodyWaitsForGoesWhenTheOthersLeaveRoomOrWhenItHasTo() throws Exception {
        occupy(SHORT).await();
        cores.share(FAR, true).expecting(SHORT, Duration.ZERO).execute(() -> done.add("job"));
        cores.share(Deadline.in(Duration.ofMillis(1)), true).expecting(SHORT, Duration.ZERO).execute(() -> done.add("job in a hurry"));
        add("search", LONG, FAR);

        assertThat(inTheOrderOfTheirTurns(Duration.ofSeconds(25))).containsExactly("job in a hurry", "search", "job");
    }

    @Test
    void aThreadOutlivesWhateverIsThrown() throws Exception {
        cores.share(FAR, false).expecting(SHORT, Duration.ZERO).execute(() -> {
            throw new StackOverflowError("meant");
        });

        assertThat(inTheOrderOfTheirTurns()).isEmpty();
    }

    @Test
    void onceClosedWhatWasBegunIsFinished() throws Exception {
        occupy(SHORT).await();
        var last = new CountDownLatch(1);
        Share share = cores.share(FAR, false);
        share.expecting(LONG, Duration.ZERO).execute(last::countDown);
        var closing = new Thread(cores::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

        share.expecting(SHORT, Duration.ZERO).execute(() -> done.add("its next errand"));
        assertThat(done).as("the threads may have gone").containsExactly("its next errand");
        assertThat(closing.isAlive()).as("a codec is at work").isTrue();
        released.countDown();
        closing.join();
        assertThat(last.getCount()).isZero();
    }

    /** @return counted down when it has begun; it ends when {@link #released} is */
    private CountDownLatch occupy(Duration expected) {
        var begun = new CountDownLatch(1);
        cores.share(FAR, false).expecting(expected, Duration.ZERO).execute(() -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return begun;
    }

    private Share add(String name, Duration expected, Deadline deadline) {
        Share share = cores.share(deadline, false);
        share.expecting(expected, Duration.ZERO).execute(() -> done.add(name));
        return share;
    }

    private List<String> inTheOrderOfTheirTurns() throws InterruptedException {
        return inTheOrderOfTheirTurns(Duration.ofSeconds(20));
    }

    /** @param lastOfAll so long that it comes after all of them */
    private List<String> inTheOrderOfTheirTurns(Duration lastOfAll) throws InterruptedException {
        var last = new CountDownLatch(1);
        cores.share(Deadline.in(Duration.ofMinutes(10)), true).expecting(lastOfAll, Duration.ZERO).execute(last::countDown);
        released.countDown();
        assertThat(last.await(1, TimeUnit.MINUTES)).isTrue();
        return done;
    }
}
