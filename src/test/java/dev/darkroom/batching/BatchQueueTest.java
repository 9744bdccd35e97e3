package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTest {
    private final AtomicLong clock = new AtomicLong();
    private final BatchQueue<String, String> queue = new BatchQueue<>(Pace.unknown(), BatchingEvents.NONE, clock::get);

    @Test
    void sharesABatchAmongRequests() throws InterruptedException {
        submit("wide", "a1");
        submit("wide", "b1", "b2");

        Batch<String, String> batch = taken();

        assertThat(batch.key()).isEqualTo("wide");
        assertThat(batch.tiles()).containsExactly("a1", "b1", "b2");
    }

    @Test
    void givesEachRequestOneTileATurn() throws InterruptedException {
        submit("four", tiles("large", 9));
        assertThat(taken().tiles()).containsExactly("large1", "large2", "large3", "large4");

        submit("four", "thumbnail");
        submit("four", "b1", "b2");

        assertThat(taken().tiles()).containsExactly("thumbnail", "large5", "b1", "large6");
        assertThat(taken().tiles()).containsExactly("b2", "large7", "large8", "large9");
        assertThat(queue.depth()).isZero();
    }

    @Test
    void letsNoRequestWaitLongerThanATurnOfAllOthers() throws InterruptedException {
        submit("1", tiles("a", 5));
        submit("1", tiles("b", 5));
        submit("1", "c1");

        assertThat(List.of(one(), one(), one(), one(), one())).containsExactly("a1", "b1", "c1", "a2", "b2");
    }

    @Test
    void letsNoMoreNewcomersIntoARoundThanItBeganWith() throws InterruptedException {
        submit("1", tiles("large", 9));
        assertThat(one()).isEqualTo("large1");
        submit("1", "thumbnail1");
        submit("1", "thumbnail2");
        submit("1", "thumbnail3");

        assertThat(List.of(one(), one(), one(), one(), one()))
                .containsExactly("thumbnail1", "large2", "thumbnail2", "thumbnail3", "large3");
    }

    @Test
    void endsARoundThoughOneOfItWasCancelled() throws InterruptedException {
        submit("1", tiles("a", 3));
        submit("1", tiles("b", 3));
        var cancelled = submit("1", tiles("c", 3));
        assertThat(List.of(one(), one())).containsExactly("a1", "b1");
        cancelled.cancel();
        assertThat(one()).isEqualTo("a2"); // a new round has begun
        submit("1", "newcomer");

        assertThat(List.of(one(), one())).containsExactly("b2", "newcomer");
    }

    @Test
    void cutsABatchAtADifferentKey() throws InterruptedException {
        submit("wide", "a1");
        submit("tall", "b1");
        submit("wide", "c1");

        assertThat(taken().tiles()).containsExactly("a1", "c1");
        assertThat(taken().tiles()).containsExactly("b1");
    }

    @Test
    void takesARequestOfSeveralKeysOneAfterTheOther() throws InterruptedException {
        var work = new LinkedHashMap<String, List<String>>();
        work.put("wide", List.of("w1", "w2"));
        work.put("none", List.of());
        work.put("tall", List.of("t1"));
        var request = queue.submit(work, ages());

        assertThat(request.tiles()).isEqualTo(3);
        assertThat(taken().tiles()).containsExactly("w1", "w2");
        assertThat(queue.depth()).isOne();
        assertThat(taken().tiles()).containsExactly("t1");
    }

    @Test
    void leavesWhatAWorkerDoesNotTake() throws InterruptedException {
        submit("large", "a1");
        submit("small", "b1");
        Appetite<String> small = key -> key.equals("small") ? 1 : 0;

        assertThat(queue.poll(small)).hasValueSatisfying(batch -> assertThat(batch.tiles()).containsExactly("b1"));
        assertThat(queue.poll(small)).isEmpty();
        assertThat(queue.poll(key -> 1)).hasValueSatisfying(batch -> assertThat(batch.tiles()).containsExactly("a1"));
    }

    @Test
    void aWorkerThatTakesLittleGoesHomeWithTheOthers() throws InterruptedException {
        submit("large", "a1");
        Submission<String, String> left = submit("large", "b1");
        queue.take(key -> 1);
        var took = new CompletableFuture<Optional<Batch<String, String>>>();
        var picky = new Thread(() -> {
            try {
                took.complete(queue.take(key -> 0));
            } catch (InterruptedException e) {
                took.completeExceptionally(e);
            }
        });
        picky.start();
        awaitWaiting(picky);
        queue.close();
        left.cancel();

        assertThat(queue.take(key -> 1)).isEmpty();
        assertThat(took.join()).isEmpty();
    }

    @Test
    void handsOutNothingOfACancelledRequest() throws InterruptedException {
        var cancelled = submit("wide", tiles("a", 9));
        taken();
        cancelled.cancel();
        submit("wide", "b1");

        assertThat(taken().tiles()).containsExactly("b1");
        assertThat(queue.depth()).isZero();
    }

    @Test
    void endsARequestWhoseDeadlinePassed() throws InterruptedException {
        var hurried = queue.submit(Map.of("wide", List.of("a1")), Deadline.in(Duration.ofSeconds(1), clock::get));
        var patient = queue.submit(Map.of("wide", List.of("b1")), Deadline.in(Duration.ofSeconds(9), clock::get));
        clock.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(taken().tiles()).containsExactly("b1");
        assertThat(future(hurried.completion())).isCompletedExceptionally();
        assertThat(future(hurried.released())).isCompleted();
        assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(() -> get(hurried));
        assertThat(future(patient.completion())).isNotDone();
    }

    @Test
    void takesNewWorkFromWhoeverHearsThatADeadlinePassed() throws InterruptedException {
        var hurried = queue.submit(Map.of("wide", List.of("a1")), Deadline.in(Duration.ZERO, clock::get));
        queue.submit(Map.of("wide", List.of("b1")), ages());
        hurried.completion().whenComplete((done, failure) -> submit("wide", "again"));
        clock.incrementAndGet();

        assertThat(taken().tiles()).containsExactly("b1", "again");
    }

    @Test
    void finishesWhatWasAcceptedAfterClosing() throws InterruptedException {
        submit("wide", tiles("a", 5));

        queue.close();

        assertThat(taken().size()).isEqualTo(4);
        assertThat(taken().size()).isOne();
        assertThat(queue.take(String::length)).isEmpty();
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> submit("wide", "late"));
    }

    @Test
    void wakesEveryoneWhoWaitsWhenItCloses() throws InterruptedException {
        var devices = IntStream.range(0, 3).mapToObj(device -> takeInBackground(new CountDownLatch(1))).toList();

        queue.close();

        assertThat(devices).allSatisfy(device -> assertThat(device.join()).isEmpty());
    }

    @Test
    void wakesAsManyDevicesAsThereIsWorkFor() throws InterruptedException {
        var first = takeInBackground(new CountDownLatch(1));
        var second = takeInBackground(new CountDownLatch(1));

        submit("1", "a1", "a2");

        assertThat(List.of(first.join().orElseThrow().tiles().get(0), second.join().orElseThrow().tiles().get(0)))
                .containsExactlyInAnyOrder("a1", "a2");
    }

    /** A device's second worker that prepares the next batch must not take what another device would begin at once. */
    @Test
    void leavesWorkToADeviceThatHasNothingToDo() throws InterruptedException {
        var busy = new Taker();
        submit("1", "running");
        queue.take(String::length, busy);
        var idle = takeInBackground(new Taker());
        var second = takeInBackground(busy);

        submit("1", "a1");

        assertThat(idle.join().orElseThrow().tiles()).containsExactly("a1");
        assertThat(second).isNotDone();
        submit("1", "a2");
        assertThat(second.join().orElseThrow().tiles()).containsExactly("a2");
    }

    /** Who has been told to go home must not wait for somebody who has gone. */
    @Test
    void closesThoughADeviceLeavesTheLastWorkToAnother() throws InterruptedException {
        var busy = new Taker();
        submit("1", "running");
        queue.take(String::length, busy);
        var idle = takeInBackground(new Taker());
        var second = takeInBackground(busy);
        submit("1", "a1");
        queue.close();

        assertThat(idle.join().orElseThrow().tiles()).containsExactly("a1");
        assertThat(second.join()).isEmpty();
    }

    @Test
    void waitsForWork() throws InterruptedException {
        var asking = new CountDownLatch(1);
        var device = takeInBackground(asking);
        asking.await();

        submit("wide", "a1");

        assertThat(device.join().orElseThrow().tiles()).containsExactly("a1");
    }

    @Test
    void refusesARequestWithoutTiles() {
        assertThatIllegalArgumentException().isThrownBy(() -> queue.submit(Map.of("wide", List.of()), ages()));
        assertThat(queue.depth()).isZero();
    }

    private CompletableFuture<Optional<Batch<String, String>>> takeInBackground(CountDownLatch asking) {
        var taken = new CompletableFuture<Optional<Batch<String, String>>>();
        take(new Taker(), asking, taken);
        return taken;
    }

    /** Comes back when the device waits. */
    private CompletableFuture<Optional<Batch<String, String>>> takeInBackground(Taker device) throws InterruptedException {
        var taken = new CompletableFuture<Optional<Batch<String, String>>>();
        awaitWaiting(take(device, new CountDownLatch(1), taken));
        return taken;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    private Thread take(Taker device, CountDownLatch asking, CompletableFuture<Optional<Batch<String, String>>> taken) {
        var thread = new Thread(() -> {
            asking.countDown();
            try {
                taken.complete(queue.take(String::length, device));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        thread.start();
        return thread;
    }

    private Submission<String, String> submit(String key, String... tiles) {
        return queue.submit(Map.of(key, List.of(tiles)), ages());
    }

    private static String[] tiles(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    private Batch<String, String> taken() throws InterruptedException {
        return queue.take(String::length).orElseThrow();
    }

    private String one() throws InterruptedException {
        Batch<String, String> batch = taken();
        assertThat(batch.size()).isOne();
        return batch.tiles().get(0);
    }

    private static Deadline ages() {
        return Deadline.in(Duration.ofDays(1));
    }

    private static CompletableFuture<Void> future(CompletionStage<Void> stage) {
        return stage.toCompletableFuture();
    }

    private static void get(Submission<?, ?> submission) throws Throwable {
        try {
            submission.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
