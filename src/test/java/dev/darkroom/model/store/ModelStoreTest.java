package dev.darkroom.model.store;

import static dev.darkroom.model.store.Checkpoints.BASELINE_1;
import static dev.darkroom.model.store.Checkpoints.PDL_1;
import static dev.darkroom.model.store.Checkpoints.PDL_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.InvalidModelRequestException;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest extends ModelStoreFixture {

    @Test
    void servesTheHighestReadyVersionOfALoss() {
        Checkpoints.put(root, PDL_1, "one");
        Checkpoints.put(root, PDL_2, "two");
        loader.hook = id -> refuseIf(id.equals(PDL_2));

        store.reload();

        try (var lease = acquire("pdl")) {
            assertThat(lease.id()).isEqualTo(PDL_1);
            assertThat(lease.sha256()).isEqualTo(Sha256.of(Checkpoints.torchScript("one")));
            assertThat(lease.manifest().id()).isEqualTo(PDL_1);
        }
    }

    @Test
    void servesBaselineToWhoeverNamesNoLoss() {
        Checkpoints.put(root, BASELINE_1, "b");
        Checkpoints.put(root, new CheckpointId(Task.DENOISE, "aaa", 1), "a");

        store.reload();

        assertThat(servedBy(null)).isEqualTo(BASELINE_1);
    }

    @Test
    void servesTheFirstReadyLossWhereThereIsNoBaseline() {
        Checkpoints.put(root, new CheckpointId(Task.DENOISE, "aaa", 1), "a");
        Checkpoints.put(root, PDL_1, "b");
        loader.hook = id -> refuseIf(id.loss().equals("aaa"));

        store.reload();

        assertThat(servedBy(null)).isEqualTo(PDL_1);
    }

    @Test
    void servesTheDefaultLossOfTheStore() throws IOException {
        Checkpoints.put(root, BASELINE_1, "b");
        Checkpoints.put(root, PDL_1, "p");
        Files.writeString(root.resolve("defaults.json"), "{\"denoise\": \"pdl\"}");

        store.reload();

        assertThat(servedBy(null)).isEqualTo(PDL_1);
    }

    @Test
    void keepsTheDefaultsWhenTheirFileBreaks() throws IOException {
        servesTheDefaultLossOfTheStore();
        Files.writeString(root.resolve("defaults.json"), "{\"denoise\": ");

        store.reload();

        assertThat(servedBy(null)).isEqualTo(PDL_1);
    }

    @Test
    void loadsFirstWhatServesWhoeverNamesNoLoss() throws IOException {
        Checkpoints.put(root, BASELINE_1, "b");
        Checkpoints.put(root, PDL_1, "p");
        Checkpoints.put(root, PDL_2, "q");
        Files.writeString(root.resolve("defaults.json"), "{\"denoise\": \"pdl\"}");

        store.reload();

        assertThat(loader.loaded).extracting(loaded -> loaded.id).containsExactly(PDL_2, PDL_1, BASELINE_1);
    }

    @Test
    void servesEveryTaskAsSoonAsTheNewestDefaultOfEachIsLoaded() {
        CheckpointId dehaze = new CheckpointId(Task.DEHAZE, "baseline", 1);
        CheckpointId refused = new CheckpointId(Task.DEBLUR, "baseline", 1);
        CheckpointId newest = new CheckpointId(Task.DENOISE, "baseline", 2);
        for (CheckpointId id : List.of(PDL_1, BASELINE_1, newest, dehaze, refused)) {
            Checkpoints.put(root, id, id.toString());
        }
        List<Boolean> before = new ArrayList<>();
        loader.hook = id -> {
            before.add(store.servesEveryTask());
            refuseIf(id.equals(refused));
        };

        store.reload();

        assertThat(loader.loaded).extracting(loaded -> loaded.id).containsExactly(newest, dehaze, BASELINE_1, PDL_1);
        assertThat(before).as("one of denoise, dehaze and deblur, then the others").containsExactly(false, false, false, true, true);
    }

    @Test
    void namesWhatItHasToWhoeverAsksForSomethingElse() {
        Checkpoints.put(root, PDL_1, "one");
        store.reload();

        assertThatExceptionOfType(UnknownModelException.class).isThrownBy(() -> acquire("d2sm"))
                .withMessage("no checkpoint denoise/d2sm; the store has denoise/pdl@1");
        assertThatExceptionOfType(UnknownModelException.class).isThrownBy(() -> acquire("pdl@7"))
                .withMessage("no checkpoint denoise/pdl@7; the store has denoise/pdl@1");
        assertThatExceptionOfType(UnknownModelException.class)
                .isThrownBy(() -> store.acquire(Task.DEHAZE, ModelRequest.parse(null)))
                .withMessage("no checkpoint for dehaze; the store has denoise/pdl@1");
    }

    /** A command loads those of its own task only. */
    @Test
    void doesNotCallAStoreEmptyOfWhichItLoadedAnotherTaskOnly() throws IOException {
        Checkpoints.put(root, PDL_1, "one");
        store.reload(id -> id.task() == Task.DEHAZE);

        assertThatExceptionOfType(UnknownModelException.class)
                .isThrownBy(() -> store.acquire(Task.DEHAZE, ModelRequest.parse(null)))
                .withMessage("no checkpoint for dehaze; the store has none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@1", "pdl@", "pdl@0", "pdl@x", "../pdl", "pdl@9999999999", "p/d", "pdl@1@2"})
    void refusesARequestThatIsNeitherLossNorVersion(String value) {
        assertThatExceptionOfType(InvalidModelRequestException.class).isThrownBy(() -> ModelRequest.parse(value));
    }

    @Test
    void listsEachFailureWithItsReasonAndServesTheRest() throws IOException {
        Checkpoints.put(root, BASELINE_1, "sound");
        Checkpoints.put(root, PDL_1, "one");
        Files.write(root.resolve("denoise/pdl/1/model.pt"), Checkpoints.torchScript("other"));
        Checkpoints.put(root, PDL_2, "two");
        Files.writeString(root.resolve("denoise/pdl/2/manifest.json"), "{");
        var untested = new CheckpointId(Task.DEBLUR, "pdl", 3);
        Checkpoints.put(root, untested, "three");
        var crashing = new CheckpointId(Task.DEBLUR, "pdl", 4);
        Checkpoints.put(root, crashing, "four");
        loader.hook = id -> {
            refuseIf(id.equals(untested));
            if (id.equals(crashing)) {
                throw new IllegalStateException("native message with /a/path");
            }
        };

        store.reload();

        assertThat(servedBy("baseline")).isEqualTo(BASELINE_1);
        assertThat(reasonOf(PDL_1)).isEqualTo("model.pt does not have the sha256 of the manifest");
        assertThat(reasonOf(PDL_2)).isEqualTo("denoise/pdl@2: manifest.json line 1: "
                + "not JSON: Unexpected end-of-input: expected close marker for Object");
        assertThat(reasonOf(untested)).isEqualTo("failed its self-test");
        assertThat(reasonOf(crashing)).isEqualTo("the engine could not load it");
        assertThat(entry(PDL_1).manifest()).isNotNull();
        assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> acquire("pdl@1"))
                .withMessage("denoise/pdl@1 is failed: model.pt does not have the sha256 of the manifest");
    }

    @Test
    void ignoresWhatIsStillBeingCopied() throws IOException {
        Checkpoints.put(root, PDL_1, "one");
        Files.delete(root.resolve("denoise/pdl/1/manifest.json"));
        Checkpoints.put(root, PDL_2, "two");
        Files.move(root.resolve("denoise/pdl/2"), root.resolve("denoise/pdl/2.tmp"));
        Checkpoints.put(root, PDL_2, "two");
        Files.move(root.resolve("denoise/pdl/2"), root.resolve("denoise/pdl/.2"));
        Files.createDirectories(root.resolve("features/vgg/1"));

        store.reload();

        assertThat(store.list()).isEmpty();
    }
}
