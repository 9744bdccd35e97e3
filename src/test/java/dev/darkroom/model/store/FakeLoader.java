package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Loads checkpoints that only count how they are used; a hook may refuse one or hold the loading up. */
final class FakeLoader implements CheckpointLoader<FakeLoader.Loaded> {

    final List<Loaded> loaded = new CopyOnWriteArrayList<>();
    volatile Consumer<CheckpointId> hook = id -> {};

    @Override
    public Loaded load(CheckpointId id, Manifest manifest, Path modelFile) {
        hook.accept(id);
        var checkpoint = new Loaded(id);
        loaded.add(checkpoint);
        return checkpoint;
    }

    static final class Loaded implements AutoCloseable {

        final CheckpointId id;
        final AtomicInteger closes = new AtomicInteger();

        private Loaded(CheckpointId id) {
            this.id = id;
        }

        void use() {
            if (closes.get() > 0) {
                throw new AssertionError(id + " is used after it was closed");
            }
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }
}
