package dev.darkroom.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Versions of one checkpoint that enlarge differently. */
class ModelStoreScaleTest extends ModelStoreFixture {

    @Test
    void servesTheNewestReadyVersionOfTheScale() {
        put("baseline", 1, 4);
        put("baseline", 2, 2);
        put("baseline", 3, 4);
        put("baseline", 4, 2);
        loader.hook = id -> refuseIf(id.version() == 4);

        store.reload();

        assertThat(version("baseline", 4)).isEqualTo(3);
        assertThat(version("baseline", 2)).isEqualTo(2);
        assertThat(version("baseline@1", 4)).isEqualTo(1);
        assertThat(version(null, 2)).isEqualTo(2);
    }

    @Test
    void namesTheScalesThereAreToWhoeverAsksForAnother() {
        put("baseline", 1, 4);
        put("baseline", 2, 2);
        put("pdl", 1, 4);
        store.reload();

        assertThatExceptionOfType(UnknownModelException.class).isThrownBy(() -> version("baseline@2", 4))
                .withMessage("no checkpoint super-resolve/baseline@2 with scale 4; the store has super-resolve/baseline@1 (scale 4), "
                        + "super-resolve/baseline@2 (scale 2), super-resolve/pdl@1 (scale 4)");
        assertThatExceptionOfType(UnknownModelException.class).isThrownBy(() -> version("pdl", 2))
                .withMessageStartingWith("no checkpoint super-resolve/pdl with scale 2; the store has");
    }

    @Test
    void choosesTheDefaultLossAmongThoseOfTheScale() {
        put("baseline", 1, 4);
        put("pdl", 1, 2);

        store.reload();

        assertThat(lossOfDefault(2)).isEqualTo("pdl");
        assertThat(lossOfDefault(4)).isEqualTo("baseline");
    }

    @Test
    void followsAReload() throws IOException {
        put("baseline", 1, 4);
        put("baseline", 2, 2);
        store.reload();
        put("baseline", 3, 2);
        put("baseline", 1, 2);
        var servedWhileLoading = new ArrayList<Integer>();
        loader.hook = id -> servedWhileLoading.add(id.version() == 1 ? version("baseline@1", 4) : version("baseline", 2));

        store.reload();

        assertThat(servedWhileLoading).as("the newest is loaded first").containsExactly(2, 1);
        assertThat(version("baseline", 2)).isEqualTo(3);
        assertThatExceptionOfType(UnknownModelException.class).isThrownBy(() -> version("baseline", 4));
        Files.move(root.resolve("super-resolve/baseline/3"), root.resolve("super-resolve/baseline/3.tmp"));
        store.reload();
        assertThat(version("baseline", 2)).isEqualTo(2);
    }

    @Test
    void isNotReadyWhereTheOnlyVersionOfTheScaleFailed() {
        put("baseline", 1, 4);
        put("baseline", 2, 2);
        loader.hook = id -> refuseIf(id.version() == 2);
        store.reload();

        assertThatExceptionOfType(ModelNotReadyException.class).isThrownBy(() -> version("baseline", 2))
                .withMessage("super-resolve/baseline@2 is failed: failed its self-test");
    }

    private int version(String model, int scale) {
        try (var lease = store.acquire(Task.SUPER_RESOLVE, ModelRequest.parse(model), OptionalInt.of(scale))) {
            return lease.id().version();
        }
    }

    private String lossOfDefault(int scale) {
        try (var lease = store.acquire(Task.SUPER_RESOLVE, ModelRequest.parse(null), OptionalInt.of(scale))) {
            return lease.id().loss();
        }
    }

    private void put(String loss, int version, int scale) {
        Checkpoints.put(root, new CheckpointId(Task.SUPER_RESOLVE, loss, version), loss + version + scale, scale);
    }
}
