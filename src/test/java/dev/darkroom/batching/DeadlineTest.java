package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    @Test
    void isTheEndForWhoeverWaitsThoughTheWorkGoesOn() {
        var work = new CompletableFuture<String>();
        List<String> late = new ArrayList<>();
        CompletableFuture<String> outcome = Deadline.in(Duration.ofMillis(1)).outcome(work, late::add).toCompletableFuture();

        assertThatThrownBy(() -> outcome.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(DeadlineExceededException.class);

        work.complete("too late");
        assertThat(late).containsExactly("too late");
    }

    @Test
    void changesNothingOfWhatIsDoneInTime() {
        var deadline = Deadline.in(Duration.ofMinutes(1));
        var failure = new IllegalStateException("meant");

        assertThat(deadline.outcome(CompletableFuture.completedStage("done"), late -> fail("nothing is late"))).isCompletedWithValue("done");
        assertThatThrownBy(deadline.outcome(CompletableFuture.failedStage(failure), late -> fail("nothing is late")).toCompletableFuture()::join)
                .hasCause(failure);
    }

    /** Whatever application in the JVM was the first to set an alarm. */
    @Test
    void actsInTheContextOfWhoeverSetTheAlarm() throws Exception {
        var here = new ClassLoader() {};
        var seen = new CompletableFuture<ClassLoader>();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(here);
        try {
            Deadline.in(Duration.ofMillis(1)).whenPassed(() -> seen.complete(Thread.currentThread().getContextClassLoader()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        assertThat(seen.get(1, TimeUnit.MINUTES)).isSameAs(here);
    }

    @Test
    void letsAnAlarmBeTakenBack() {
        var clock = new AtomicLong();
        Future<?> alarm = Deadline.in(Duration.ofDays(1), clock::get).whenPassed(() -> fail("it was taken back"));

        assertThat(alarm.cancel(false)).isTrue();
    }
}
