package dev.darkroom.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.FakeLoader.Loaded;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in an empty folder, and short ways to ask it things. */
abstract class ModelStoreFixture {

    @TempDir
    Path root;

    final FakeLoader loader = new FakeLoader();
    ModelStore<Loaded> store;

    @BeforeEach
    void open() {
        store = new ModelStore<>(root, loader);
    }

    static void refuseIf(boolean refused) {
        if (refused) {
            throw new CheckpointRefusedException("failed its self-test");
        }
    }

    Lease<Loaded> acquire(String model) {
        return store.acquire(Task.DENOISE, ModelRequest.parse(model));
    }

    CheckpointId servedBy(String model) {
        try (var lease = acquire(model)) {
            return lease.id();
        }
    }

    static String sha(Lease<Loaded> lease) {
        try (lease) {
            return lease.sha256();
        }
    }

    ModelEntry entry(CheckpointId id) {
        List<ModelEntry> entries = store.list().stream().filter(entry -> entry.id().equals(id)).toList();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    String reasonOf(CheckpointId id) {
        return ((ModelState.Failed) entry(id).state()).reason();
    }

    int closes(int copy) {
        return loader.loaded.get(copy).closes.get();
    }
}
