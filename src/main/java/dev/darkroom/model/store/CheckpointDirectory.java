package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where one checkpoint lies: {@code <root>/<task>/<loss>/<version>/}. */
public record CheckpointDirectory(Path root, CheckpointId id) {

    /**
     * Those of a store, complete or not, in the order of their checkpoints.
     *
     * @throws StoreUnreadableException if a folder cannot be listed
     */
    public static List<CheckpointDirectory> in(Path root) {
        return StoreScan.of(root);
    }

    Path lossFolder() {
        return root.resolve(id.task().pathName()).resolve(id.loss());
    }

    Path path() {
        return lossFolder().resolve(Integer.toString(id.version()));
    }

    public Path modelFile() {
        return path().resolve("model.pt");
    }

    public Path manifestFile() {
        return path().resolve("manifest.json");
    }

    /** False while files are still being copied into it. */
    boolean isComplete() {
        return Files.isRegularFile(modelFile()) && Files.isRegularFile(manifestFile());
    }
}
