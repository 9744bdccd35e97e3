package dev.darkroom.model.store;

import static dev.darkroom.model.store.Checkpoints.BASELINE_1;
import static dev.darkroom.model.store.Checkpoints.PDL_1;
import static dev.darkroom.model.store.Checkpoints.PDL_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.darkroom.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ModelStoreReloadTest extends ModelStoreFixture {

    @Test
    void loadsOnlyWhatIsNeeded() {
        Checkpoints.put(root, PDL_1, "one");
        Checkpoints.put(root, BASELINE_1, "other");

        var listed = store.reload(id -> id.loss().equals("pdl"));

        assertThat(listed).extracting(ModelEntry::id).containsExactly(PDL_1);
        assertThat(loader.loaded).hasSize(1);
    }

    /** A process that is told to stop while it starts has a grace period, and a store may take longer to load. */
    @Test
    void loadsNothingMoreOnceItIsToldToClose() throws Exception {
        Checkpoints.put(root, BASELINE_1, "one");
        Checkpoints.put(root, PDL_1, "two");
        Checkpoints.put(root, PDL_2, "three");
        var loading = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        loader.hook = id -> {
            loading.countDown();
            awaitQuietly(told);
        };
        var reload = new Thread(store::reload);
        reload.start();
        loading.await();

        var close = new Thread(store::close);
        close.start();
        await().until(() -> close.getState() == Thread.State.WAITING);
        told.countDown();
        close.join();
        reload.join();

        assertThat(loader.loaded).hasSize(1);
        assertThat(closes(0)).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesAnUnchangedVersionAlone() {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();

        store.reload();

        assertThat(loader.loaded).hasSize(1);
    }

    @Test
    void replacesAChangedVersionAndClosesTheOldOneAfterItsLastLease() {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        var first = acquire("pdl");
        var second = acquire("pdl");
        Checkpoints.put(root, PDL_1, "changed");

        store.reload();

        assertThat(sha(acquire("pdl"))).isEqualTo(Sha256.of(Checkpoints.torchScript("changed")));
        assertThat(first.sha256()).isEqualTo(Sha256.of(Checkpoints.torchScript("one")));
        first.close();
        first.close();
        assertThat(closes(0)).isZero();
        second.close();
        assertThat(closes(0)).isEqualTo(1);
        assertThat(closes(1)).isZero();
    }

    @Test
    void closingDoesNotWaitForVersionsThatAreNotLoadedYet() throws InterruptedException {
        Checkpoints.put(root, PDL_1, "one");
        Checkpoints.put(root, PDL_2, "two");
        var closing = new Thread(store::close);
        loader.hook = id -> {
            closing.start();
            await().until(() -> closing.getState() == Thread.State.WAITING);
        };

        store.reload();
        closing.join();

        assertThat(loader.loaded).hasSize(1);
        assertThat(closes(0)).isEqualTo(1);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void keepsServingTheOldFilesWhenTheNewOnesFail() throws IOException {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        Files.write(root.resolve("denoise/pdl/1/model.pt"), new byte[10]);

        store.reload();

        assertThat(servedBy("pdl")).isEqualTo(PDL_1);
        assertThat(entry(PDL_1).state()).isEqualTo(new ModelState.Ready());
        assertThat(entry(PDL_1).refusal()).contains("sha256");
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        assertThat(entry(PDL_1).refusal()).isNull();
        assertThat(loader.loaded).hasSize(1);
    }

    @Test
    void keepsServingAVersionWhoseFilesAreBeingReplacedInPlace() throws IOException {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        Files.delete(root.resolve("denoise/pdl/1/model.pt"));

        store.reload();

        assertThat(servedBy("pdl")).isEqualTo(PDL_1);
        assertThat(entry(PDL_1).refusal()).isEqualTo("model.pt cannot be read");
    }

    @Test
    void drainsARemovedVersionOnceItsSuccessorServes() throws IOException {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        var lease = acquire("pdl");
        Files.move(root.resolve("denoise/pdl/1"), root.resolve("denoise/pdl/1.tmp"));
        Checkpoints.put(root, PDL_2, "two");
        loader.hook = id -> assertThat(servedBy("pdl")).isEqualTo(PDL_1);

        store.reload();

        assertThat(servedBy("pdl")).isEqualTo(PDL_2);
        assertThat(entry(PDL_1).state()).isEqualTo(new ModelState.Draining());
        lease.close();
        assertThat(closes(0)).isEqualTo(1);
        assertThat(store.list()).extracting(ModelEntry::id).containsExactly(PDL_2);
    }

    @Test
    void showsAVersionAsLoadingUntilItPassed() {
        Checkpoints.put(root, PDL_1, "one");
        loader.hook = id -> {
            assertThat(entry(PDL_1).state()).isEqualTo(new ModelState.Loading());
            assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> acquire("pdl"))
                    .withMessage("denoise/pdl@1 is loading");
        };

        store.reload();

        assertThat(entry(PDL_1).state()).isEqualTo(new ModelState.Ready());
    }

    @Test
    void triesAFailedVersionAgain() {
        Checkpoints.put(root, PDL_1, "one");
        loader.hook = id -> refuseIf(true);
        store.reload();
        loader.hook = id -> {};

        store.reload();

        assertThat(servedBy("pdl")).isEqualTo(PDL_1);
    }

    @Test
    void keepsAnUnloadedVersionAwayUntilItIsLoadedAgain() {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        store.unload(PDL_1);
        store.reload();
        assertThat(closes(0)).isEqualTo(1);
        assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> acquire("pdl"))
                .withMessage("denoise/pdl@1 is unloaded");

        store.load(PDL_1);

        assertThat(servedBy("pdl")).isEqualTo(PDL_1);
    }

    @Test
    void loadsAVersionAgainWhileItsOldCopyStillDrains() {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        var lease = acquire("pdl");
        store.unload(PDL_1);

        store.load(PDL_1);
        lease.close();

        assertThat(servedBy("pdl")).isEqualTo(PDL_1);
        assertThat(closes(0)).isEqualTo(1);
        assertThat(closes(1)).isZero();
    }

    @Test
    void knowsNoVersionThatIsNotThere() {
        assertThatExceptionOfType(UnknownModelException.class).isThrownBy(() -> store.load(PDL_1));
        assertThatExceptionOfType(UnknownModelException.class).isThrownBy(() -> store.unload(PDL_1));
    }

    @Test
    void changesNothingWhenTheStoreCannotBeListed() throws IOException {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();
        Path moved = Files.move(root, root.resolveSibling(root.getFileName() + "-away"));

        assertThatExceptionOfType(StoreUnreadableException.class).isThrownBy(() -> store.reload())
                .withMessage("the model store cannot be read");

        assertThat(servedBy("pdl")).isEqualTo(PDL_1);
        Files.move(moved, root);
    }

    @Test
    void closesEverythingButWhatIsOnLease() {
        Checkpoints.put(root, PDL_1, "one");
        Checkpoints.put(root, PDL_2, "two");
        store.reload();
        var lease = acquire("pdl@1");

        store.close();

        assertThat(loader.loaded).extracting(loaded -> loaded.closes.get()).as("the newest was loaded first").containsExactly(1, 0);
        lease.checkpoint().use();
        lease.close();
        assertThat(closes(1)).isEqualTo(1);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(lease::checkpoint);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> store.reload());
    }
}
