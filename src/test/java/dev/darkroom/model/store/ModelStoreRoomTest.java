package dev.darkroom.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
    void testsEveryVersionAndKeepsNoMoreThanFitTheLeastNeededGoingToRest() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);

        store.reload();

        assertThat(loader.loaded).hasSize(5);
        assertThat(held()).isEqualTo(FITTING);
        assertThat(ready()).contains(Checkpoints.BASELINE_1, Checkpoints.PDL_2);
        assertThat(store.servesEveryTask()).isTrue();
        store.reload();
        assertThat(loader.loaded).as("what rests is not loaded again").hasSize(5);
    }

    @Test
    void loadsWhatIsAskedForAndLetsRestWhatWasNotAskedForLongest() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        CheckpointId first = resting().get(0);
        servedBy("pdl");

        assertThat(servedBy(first.loss())).isEqualTo(first);

        assertThat(ready()).hasSize(FITTING).contains(Checkpoints.BASELINE_1, Checkpoints.PDL_2, first);
        servedBy(resting().get(0).loss());
        assertThat(resting()).as("pdl was asked for before it").containsExactly(Checkpoints.PDL_2);
        assertThat(held()).isEqualTo(FITTING);
    }

    @Test
    void answersNothingInThePlaceOfWhatRests() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1, Checkpoints.PDL_2, CONTEXTUAL);
        store.reload();
        servedBy("pdl@1");
        servedBy("contextual");
        assertThat(resting()).containsExactly(Checkpoints.PDL_2);
        loader.hook = id -> refuseIf(id.equals(Checkpoints.PDL_2));

        assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> acquire("pdl"))
                .withMessage("denoise/pdl@2 is resting and cannot be brought back: failed its self-test");
        assertThat(entry(Checkpoints.PDL_2).refusal()).isEqualTo("failed its self-test");
        loader.hook = id -> {};

        assertThat(servedBy("pdl")).isEqualTo(Checkpoints.PDL_2);
        assertThat(entry(Checkpoints.PDL_2).refusal()).isNull();
    }

    @Test
    void othersAreServedMeanwhileAndWhoAsksForTheSameSharesIt() throws Exception {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        CheckpointId resting = resting().get(0);
        var loading = new CountDownLatch(1);
        var mayLoad = new CountDownLatch(1);
        loader.hook = id -> {
            loading.countDown();
            await(mayLoad);
        };
        var first = CompletableFuture.supplyAsync(() -> servedBy(resting.loss()));
        loading.await();
        var waiting = new CompletableFuture<CheckpointId>();
        var thread = new Thread(() -> waiting.complete(servedBy(resting.loss())));
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(servedBy("baseline")).isEqualTo(Checkpoints.BASELINE_1);
        mayLoad.countDown();

        assertThat(List.of(first.get(), waiting.get())).containsOnly(resting);
        assertThat(loader.loaded).hasSize(5);
    }

    @Test
    void whoeverHasNoTimeDoesNotWaitForOthersLoading() throws Exception {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        String resting = resting().get(0).loss();
        var loading = new CountDownLatch(1);
        var mayLoad = new CountDownLatch(1);
        loader.hook = id -> {
            loading.countDown();
            await(mayLoad);
        };
        var first = CompletableFuture.supplyAsync(() -> servedBy(resting));
        loading.await();
        long began = System.nanoTime();

        assertThatExceptionOfType(ModelNotReadyException.class)
                .isThrownBy(() -> store.acquire(Task.DENOISE, ModelRequest.parse(resting), OptionalInt.empty(), Duration.ofMillis(1)));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("others are waited for for ten seconds").isLessThan(Duration.ofSeconds(5));
        mayLoad.countDown();
        assertThat(first.get().loss()).isEqualTo(resting);
    }

    @Test
    void requestsThatNeedMoreThanFitsGetItAndWhatIsInUseRestsLast() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        try (var one = acquire("pdl@1"); var two = acquire("pdl@2"); var three = acquire("contextual"); var four = acquire("mdf")) {
            List.of(one, two, three, four).forEach(lease -> lease.checkpoint().use());
        }
        store.reload();

        assertThat(held()).isEqualTo(FITTING);
        try (var used = acquire("pdl@1")) {
            servedBy("contextual");
            servedBy("mdf");
            servedBy("pdl@2");
            used.checkpoint().use();
            assertThat(ready()).contains(Checkpoints.PDL_1);
        }
    }

    @Test
    void whatIsStillInUseIsNotLoadedASecondTime() {
        openWithRoomForNothing();
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, MDF);
        store.reload();
        try (var long1 = acquire("pdl"); var long2 = acquire("mdf")) {
            int loaded = loader.loaded.size();
            for (int i = 0; i < 10; i++) {
                servedBy("pdl");
                servedBy("mdf");
            }
            assertThat(loader.loaded).hasSize(loaded);
            long1.checkpoint().use();
            long2.checkpoint().use();
        }
        store.reload();
        assertThat(held()).as("the default alone").isEqualTo(1);
    }

    @Test
    void whatServesOldFilesBecauseNewOnesWereRefusedDoesNotRest() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL);
        store.reload();
        Checkpoints.put(root, Checkpoints.PDL_2, "worse");
        Checkpoints.put(root, MDF, "another");
        loader.hook = id -> refuseIf(id.equals(Checkpoints.PDL_2));
        store.reload();

        servedBy("contextual");
        servedBy("mdf");
        servedBy("contextual");

        assertThat(resting()).doesNotContain(Checkpoints.PDL_2);
        assertThat(servedBy("pdl")).isEqualTo(Checkpoints.PDL_2);
    }

    @Test
    void whatCannotBeLoadedSendsNothingElseToRestAndAReloadForgivesIt() throws IOException {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        CheckpointId resting = resting().get(0);
        Path model = root.resolve("denoise/" + resting.loss() + "/" + resting.version() + "/model.pt");
        byte[] whole = Files.readAllBytes(model);
        Files.write(model, Checkpoints.torchScript("damaged"));

        assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> acquire(resting.loss())).withMessageContaining("sha256");
        assertThat(resting()).containsExactly(resting);
        Files.write(model, whole);
        store.reload();
        assertThat(entry(resting).refusal()).isNull();
        assertThat(servedBy(resting.loss())).isEqualTo(resting);
    }

    @Test
    void aVersionThatFindsNoRoomIsServedAllTheSame() {
        openWithRoomForNothing();
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1);
        store.reload();
        assertThat(resting()).containsExactly(Checkpoints.PDL_1);

        assertThat(servedBy("pdl")).isEqualTo(Checkpoints.PDL_1);
        assertThat(servedBy("pdl")).isEqualTo(Checkpoints.PDL_1);

        assertThat(loader.loaded).as("both at first, and it once for both requests").hasSize(3);
    }

    @Test
    void theDefaultOfEachTaskAndScaleStaysWhateverTheRoom() throws IOException {
        openWithRoomForNothing();
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_1, Checkpoints.PDL_2);
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 1), "two", 2);
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 2), "four", 4);
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 3), "better", 4);
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, "others", 1), "three", 3);
        Files.writeString(root.resolve("defaults.json"), "{\"denoise\": \"pdl\"}");

        store.reload();

        assertThat(ready()).containsExactly(Checkpoints.PDL_2, new CheckpointId(Task.SUPER_RESOLVE, "baseline", 1),
                new CheckpointId(Task.SUPER_RESOLVE, "baseline", 3), new CheckpointId(Task.SUPER_RESOLVE, "others", 1));
    }

    @Test
    void whatServesByDefaultAfterTheDefaultIsGoneIsBroughtBackAtOnce() throws IOException {
        openWithRoomForNothing();
        put(Checkpoints.PDL_1, Checkpoints.PDL_2, MDF);
        store.reload();
        assertThat(ready()).containsExactly(MDF);
        loader.hook = id -> assertThat(servedBy(null)).as("served while its successor is loaded").isNotEqualTo(id);

        Files.writeString(root.resolve("defaults.json"), "{\"denoise\": \"pdl\"}");
        store.reload();
        assertThat(ready()).containsExactly(Checkpoints.PDL_2);

        store.unload(Checkpoints.PDL_2);
        assertThat(ready()).containsExactly(Checkpoints.PDL_1);

        store.load(Checkpoints.PDL_2);
        store.reload();
        assertThat(ready()).containsExactly(Checkpoints.PDL_2);
        Files.move(root.resolve("denoise/pdl/2"), root.resolve("denoise/pdl/2.tmp"));
        store.reload();
        assertThat(ready()).containsExactly(Checkpoints.PDL_1);
    }

    @Test
    void lookingIsNotAskingForAndLoadingByNameIs() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        List<CheckpointId> others = ready().stream().filter(id -> !id.equals(Checkpoints.BASELINE_1)).toList();
        servedBy(others.get(1).loss());
        store.look(others.get(0)).orElseThrow().close();

        CheckpointId loaded = resting().get(0);
        store.load(loaded);

        assertThat(resting()).containsExactly(others.get(0));
        assertThat(store.look(others.get(0))).isEmpty();
        servedBy(others.get(0).loss());
        assertThat(resting()).as("the other was asked for before it").containsExactly(others.get(1));
    }

    @Test
    void whatRestsCanBeUnloadedAndAReloadLooksAtNewFilesOfIt() {
        put(Checkpoints.BASELINE_1, Checkpoints.PDL_2, CONTEXTUAL, MDF);
        store.reload();
        CheckpointId resting = resting().get(0);
        Checkpoints.put(root, resting, "new");
        loader.hook = id -> refuseIf(id.equals(resting));
        store.reload();
        assertThat(entry(resting).refusal()).isEqualTo("failed its self-test");
        loader.hook = id -> {};
        store.reload();
        assertThat(entry(resting).refusal()).isNull();

        resting().forEach(store::unload);

        assertThat(resting()).isEmpty();
        assertThat(store.list()).extracting(ModelEntry::state).containsOnlyOnce(new ModelState.Unloaded());
    }

    private void openWithRoomForNothing() {
        store.close();
        store = new ModelStore<>(root, loader, new Room(1));
    }

    private long held() {
        return loader.loaded.stream().filter(copy -> copy.closes.get() == 0).count();
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
