package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubmissionTest {
    private final AtomicLong clock = new AtomicLong();
    private final BatchQueue<String, Integer> queue = new BatchQueue<>(Pace.unknown(), BatchingEvents.NONE, clock::get);

    @Test
    void completesWhenItsLastTileIsDone() throws InterruptedException {
        var request = submit(1, 2, 3);
        var first = taken();
        var second = taken();

        second.complete();
        assertThat(isDone(request.completion())).isFalse();
        first.complete();

        assertThat(failureOf(request)).isNull();
        assertThat(isDone(request.released())).isTrue();
    }

    @Test
    void countsBatches() throws InterruptedException {
        var large = submit(1, 2, 3);
        var small = submit(4);
        assertThat(large.batches()).isZero();

        taken();
        taken();

        assertThat(large.batches()).isEqualTo(2);
        assertThat(small.batches()).isOne();
    }

    @Test
    void countsABatchOnceHoweverManyOfItsTilesAreIn() throws InterruptedException {
        var request = submit(1, 2);

        taken();

        assertThat(request.batches()).isOne();
    }

    @Test
    void failsWithTheFirstFailure() throws InterruptedException {
        var request = submit(1, 2, 3);
        var first = taken();
        var second = taken();

        second.fail(new IllegalStateException("first"));
        first.fail(new IllegalStateException("second"));

        assertThat(failureOf(request)).isInstanceOf(IllegalStateException.class).hasMessage("first");
    }

    @Test
    void isReleasedOnlyWhenWhoeverWaitedForItsCompletionHasBeenTold() throws InterruptedException {
        var request = submit(1, 2, 3);
        var first = taken();
        var second = taken();
        var releasedMeanwhile = new AtomicReference<Boolean>();
        request.completion().whenComplete((done, failure) -> {
            first.complete();
            releasedMeanwhile.set(isDone(request.released()));
        });

        second.fail(new IllegalStateException());

        assertThat(releasedMeanwhile).hasValue(false);
        assertThat(isDone(request.released())).isTrue();
    }

    @Test
    void handsOutNothingMoreAfterAFailure() throws InterruptedException {
        submit(1, 2, 3, 4);
        taken().fail(new IllegalStateException());
        submit(5);

        assertThat(taken().tiles()).containsExactly(5);
    }

    @Test
    void failsOnlyTheRequestOfTheTileThatFailsAlone() throws InterruptedException {
        var sound = submit(1);
        var culprit = submit(2);

        List<Batch<String, Integer>> alone = taken().halves();
        alone.get(0).complete();
        alone.get(1).fail(new IllegalStateException());

        assertThat(alone).extracting(Batch::tiles).containsExactly(List.of(1), List.of(2));
        assertThat(failureOf(sound)).isNull();
        assertThat(failureOf(culprit)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void releasesOnlyWhenNoDeviceHoldsATile() throws InterruptedException {
        var request = submit(1, 2, 3, 4, 5);
        var first = taken();
        var second = taken();

        request.cancel();
        assertThat(failureOf(request)).isInstanceOf(CancellationException.class);
        first.complete();
        assertThat(isDone(request.released())).isFalse();
        second.fail(new IllegalStateException());

        assertThat(isDone(request.released())).isTrue();
        assertThat(failureOf(request)).isInstanceOf(CancellationException.class);
    }

    @Test
    void completesBeforeItReleases() throws InterruptedException {
        var request = submit(1);
        var completedFirst = new AtomicReference<Boolean>();
        request.released().thenRun(() -> completedFirst.set(isDone(request.completion())));

        taken().complete();

        assertThat(completedFirst).hasValue(true);
    }

    @Test
    void releasesAtOnceWhatNoDeviceHolds() {
        var request = submit(1, 2, 3);

        request.cancel();

        assertThat(isDone(request.released())).isTrue();
    }

    @Test
    void ignoresACancellationThatComesTooLate() throws InterruptedException {
        var request = submit(1);
        taken().complete();

        request.cancel();

        assertThat(failureOf(request)).isNull();
    }

    @Test
    void expiresWhileADeviceHoldsItsTiles() throws InterruptedException {
        var request = queue.submit(Map.of("key", List.of(1)), Deadline.in(Duration.ofSeconds(1), clock::get));
        var batch = taken();

        request.expire();
        assertThat(isDone(request.completion())).isFalse();
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        request.expire();
        assertThat(failureOf(request)).isInstanceOf(DeadlineExceededException.class);
        assertThat(isDone(request.released())).isFalse();
        batch.complete();

        assertThat(isDone(request.released())).isTrue();
    }

    private Submission<String, Integer> submit(Integer... tiles) {
        return queue.submit(Map.of("key", List.of(tiles)), Deadline.in(Duration.ofDays(1)));
    }

    private Batch<String, Integer> taken() throws InterruptedException {
        return queue.take(key -> 2).orElseThrow();
    }

    private static boolean isDone(CompletionStage<Void> stage) {
        return stage.toCompletableFuture().isDone();
    }

    /** Null if the request has completed normally. */
    private static Throwable failureOf(Submission<?, ?> request) {
        assertThat(isDone(request.completion())).isTrue();
        return request.completion().toCompletableFuture().handle((done, failure) ->
                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure).join();
    }
}
