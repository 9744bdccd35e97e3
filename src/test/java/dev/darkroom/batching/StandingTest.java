package dev.darkroom.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches of one tile each, so that the order of turns shows. */
class StandingTest {
    private static final Standing ALICE = Standing.of("alice");
    private static final Standing BOB = Standing.of("bob");

    private final BatchQueue<String, String> queue = new BatchQueue<>(Pace.unknown(), BatchingEvents.NONE);

    @Test
    void callersTakeTurnsHoweverManyRequestsEachHas() {
        submit(ALICE, "a", 3);
        submit(ALICE, "b", 3);
        submit(ALICE, "c", 3);
        submit(BOB, "z", 3);

        assertThat(all()).containsExactly("a1", "z1", "b1", "z2", "c1", "z3", "a2", "b2", "c2", "a3", "b3", "c3");
    }

    @Test
    void aSmallRequestDoesNotWaitForTheSameCallersLargeOnes() {
        submit(ALICE, "large", 4);
        submit(ALICE, "larger", 4);
        assertThat(List.of(one(), one(), one())).containsExactly("large1", "larger1", "large2");
        submit(ALICE, "thumbnail", 1);

        assertThat(List.of(one(), one())).containsExactly("larger2", "thumbnail1");
    }

    @Test
    void urgencyOrdersWhatIsOnesOwnAndNothingElse() {
        submit(ALICE.withUrgency(7), "later", 2);
        submit(ALICE.withUrgency(0), "now", 2);
        submit(BOB, "z", 3);

        assertThat(all()).containsExactly("now1", "z1", "now2", "z2", "later1", "z3", "later2");
    }

    @Test
    void whatNobodyWaitsForComesLast() {
        submit(ALICE.inBackground(), "job", 2);
        submit(BOB, "z", 2);
        submit(ALICE, "a", 1);

        assertThat(all()).containsExactly("z1", "a1", "z2", "job1", "job2");
    }

    @Test
    void whatNobodyWaitsForIsDoneInTimeAllTheSame() {
        var paced = new BatchQueue<String, String>(new Pace<>(key -> 60_000_000_000L, (key, tiles) -> 60_000_000_000L * tiles, Duration.ofMillis(100), Duration.ZERO),
                BatchingEvents.NONE);
        paced.submit(Map.of("1", List.of("z1", "z2")), Deadline.in(Duration.ofDays(1)), BOB);
        paced.submit(Map.of("1", List.of("job1")), Deadline.in(Duration.ofMillis(60_050)), ALICE.inBackground());

        assertThat(paced.poll(String::length).orElseThrow().tiles()).containsExactly("job1");
    }

    @Test
    void aBatchTakesOneTileOfEachCallerBeforeASecondOfAny() {
        queue.submit(Map.of("four", List.of("a1", "a2", "a3")), ages(), ALICE);
        queue.submit(Map.of("four", List.of("b1", "b2", "b3")), ages(), ALICE);
        queue.submit(Map.of("four", List.of("z1", "z2", "z3")), ages(), BOB);

        assertThat(queue.poll(String::length).orElseThrow().tiles()).containsExactly("a1", "z1", "b1", "z2");
    }

    @Test
    void aBatchTakesABackgroundTileOnlyWhereNoOtherFits() {
        queue.submit(Map.of("four", List.of("job1", "job2")), ages(), ALICE.inBackground());
        queue.submit(Map.of("four", List.of("z1", "z2", "z3")), ages(), BOB);

        assertThat(queue.poll(String::length).orElseThrow().tiles()).containsExactly("z1", "z2", "z3", "job1");
    }

    @Test
    void aCallerWhoseRequestsWereCancelledIsForgotten() {
        submit(ALICE, "a", 3).cancel();
        submit(ALICE, "b", 3).cancel();
        submit(BOB, "z", 1);

        assertThat(all()).containsExactly("z1");
        assertThat(queue.depth()).isZero();
    }

    @Test
    void thereAreEightUrgencies() {
        assertThatIllegalArgumentException().isThrownBy(() -> ALICE.withUrgency(8));
        assertThatIllegalArgumentException().isThrownBy(() -> ALICE.withUrgency(-1));
    }

    private Submission<String, String> submit(Standing standing, String name, int tiles) {
        return queue.submit(Map.of("1", IntStream.rangeClosed(1, tiles).mapToObj(i -> name + i).toList()), ages(), standing);
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (var batch = queue.poll(String::length); batch.isPresent(); batch = queue.poll(String::length)) {
            all.addAll(batch.get().tiles());
        }
        return all;
    }

    private String one() {
        return queue.poll(String::length).orElseThrow().tiles().get(0);
    }

    private static Deadline ages() {
        return Deadline.in(Duration.ofDays(1));
    }
}
