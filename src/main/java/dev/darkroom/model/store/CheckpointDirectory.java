package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where one checkpoint lies: {@code <root>/<task>/<loss>/<version>/}. */
record CheckpointDirectory(Path root, CheckpointId id) {

    Path lossFolder() {
        return root.resolve(id.task().pathName()).resolve(id.loss());
    }

    Path path() {
        return lossFolder().resolve(Integer.toString(id.version()));
    }

    Path modelFile() {
        return path().resolve("model.pt");
    }

    Path manifestFile() {
        return path().resolve("manifest.json");
    }

    /** False while files are still being copied into it. */
    boolean isComplete() {
        return Files.isRegularFile(modelFile()) && Files.isRegularFile(manifestFile());
    }
}
