package dev.darkroom.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.FakeLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store whose checkpoints do not all fit into memory: all files are of one size, and there is room for three. */
@Timeout(60)
class ModelStoreRoomTest extends ModelStoreFixture {
    private static final CheckpointId CONTEXTUAL = new CheckpointId(Task.DENOISE, "contextual", 1);
    private static final CheckpointId MDF = new CheckpointId(Task.DENOISE, "mdf", 1);
    private static final int FITTING = 3;

    @BeforeEach
    void openASmallOne() {
        store = new ModelStore<>(root, loader, new Room(FITTING * Checkpoints.torchScript("1").length));
    }

    @AfterEach
    void close() {
        store.close();
        assertThat(loader.loaded).allSatisfy(copy -> assertThat(copy.closes).hasValue(1));
    }

    @Test
    void testsEveryVersionAndKeepsNoMoreThanFitLeastNeededFirstToRest() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);

        store.reload();

        assertThat(loader.loaded).hasSize(5);
        assertThat(loader.loaded.stream().filter(copy -> copy.closes.get() == 0)).hasSize(FITTING);
        assertThat(ready()).contains(Checkpoints.BASELINE_1, Checkpoints.PDL_2);
        assertThat(store.servesEveryTask()).isTrue();
    }

    @Test
    void bringsBackWhatIsAskedForAndLetsWhatWasNotAskedForLongestRest() throws InterruptedException {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        CheckpointId first = resting().get(0);
        servedBy("pdl");

        comesBack(first);

        assertThat(ready()).hasSize(FITTING).contains(Checkpoints.BASELINE_1, Checkpoints.PDL_2, first);
        assertThat(servedBy(first.loss())).isEqualTo(first);
        comesBack(resting().get(0));
        assertThat(resting()).as("pdl was asked for before it").containsExactly(Checkpoints.PDL_2);
    }

    @Test
    void answersNothingInThePlaceOfWhatRests() throws InterruptedException {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1, Checkpoints.PDL_2, CONTEXTUAL);
        store.reload();
        servedBy("pdl@1");
        comesBack(resting().get(0));
        assertThat(resting()).as("never asked for").containsExactly(Checkpoints.PDL_2);
        var mayLoad = new CountDownLatch(1);
        loader.hook = id -> await(mayLoad);

        assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> acquire("pdl")).withMessage("denoise/pdl@2 is resting and is being brought back");
        assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> acquire("pdl"));
        assertThat(servedBy("pdl@1")).isEqualTo(Checkpoints.PDL_1);
        mayLoad.countDown();

        awaitReady(Checkpoints.PDL_2);
        assertThat(servedBy("pdl")).isEqualTo(Checkpoints.PDL_2);
    }

    @Test
    void workUnderWayFinishesOnWhatGoesToRest() throws InterruptedException {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        CheckpointId inUse = ready().stream().filter(id -> !id.equals(Checkpoints.BASELINE_1)).findFirst().orElseThrow();
        try (Lease<Loaded> lease = acquire(inUse.loss())) {
            IntStream.range(0, 2).forEach(i -> comesBack(resting().stream().filter(id -> !id.equals(inUse)).findFirst().orElse(resting().get(0))));

            lease.checkpoint().use();
        }
        assertThat(loader.loaded.stream().filter(copy -> copy.closes.get() == 0)).hasSize(FITTING);
    }

    @Test
    void theDefaultOfEachTaskAndScaleStaysWhateverTheRoom() throws IOException {
        store.close();
        store = new ModelStore<>(root, loader, new Room(1));
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1, Checkpoints.PDL_2);
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 1), "two", 2);
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 2), "four", 4);
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 3), "better", 4);
        Files.writeString(root.resolve("defaults.json"), "{\"denoise\": \"pdl\"}");

        store.reload();

        assertThat(ready()).containsExactly(Checkpoints.PDL_2, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 1), new CheckpointId(Task.SUPER_RESOLVE, "baseline", 3));
    }

    @Test
    void lookingIsNotAskingFor() throws InterruptedException {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        List<CheckpointId> others = ready().stream().filter(id -> !id.equals(Checkpoints.BASELINE_1)).toList();
        servedBy(others.get(1).loss());
        store.look(others.get(0)).orElseThrow().close();

        comesBack(resting().get(0));

        assertThat(resting()).containsExactly(others.get(0));
        assertThat(store.look(others.get(0))).isEmpty();
    }

    @Test
    void whatRestsCanBeUnloadedAndAReloadTestsIt() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        CheckpointId resting = resting().get(0);
        loader.hook = id -> refuseIf(id.equals(resting));
        store.reload();
        assertThat(reasonOf(resting)).isEqualTo("failed its self-test");
        loader.hook = id -> {};
        store.reload();
        assertThat(resting()).hasSize(1);

        store.unload(resting().get(0));

        assertThat(resting()).isEmpty();
        assertThat(store.list().stream().map(entry -> entry.state().label())).containsOnlyOnce("unloaded");
    }

    private void put(CheckpointId... ids) {
        for (int i = 0; i < ids.length; i++) {
            Checkpoints.put(root, ids[i], Integer.toString(i));
        }
    }

    private List<CheckpointId> ready() {
        return store.list().stream().filter(entry -> entry.state() instanceof ModelState.Ready).map(ModelEntry::id).toList();
    }

    private List<CheckpointId> resting() {
        return store.list().stream().filter(entry -> entry.state() instanceof ModelState.Resting).map(ModelEntry::id).toList();
    }

    private void comesBack(CheckpointId id) {
        assertThatExceptionOfType(ModelNotReadyException.class)
                .isThrownBy(() -> store.acquire(id.task(), new ModelRequest.Exactly(id.loss(), id.version()), OptionalInt.empty()));
        awaitReady(id);
    }

    /** And until others have made room for it. */
    private void awaitReady(CheckpointId id) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!(ready().contains(id) && ready().size() <= FITTING) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(ready()).contains(id);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
