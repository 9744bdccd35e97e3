package dev.darkroom.train;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Task;
import dev.darkroom.train.network.TrainingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A checkpoint of the store whose weights a training starts from. */
record StartingPoint(CheckpointId id, String sha256, Path archive) {
    private static final Pattern NAME = Pattern.compile("([a-z-]+)/([a-z0-9-]+)@([1-9][0-9]{0,8})");

    /**
     * @param name {@code TASK/LOSS@VERSION}
     * @throws TrainingException if the store has no such checkpoint
     */
    static StartingPoint find(Path store, String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || Task.find(parts.group(1)).isEmpty()) {
            throw new TrainingException("a checkpoint is named TASK/LOSS@VERSION, not " + name);
        }
        CheckpointId id = new CheckpointId(Task.find(parts.group(1)).orElseThrow(), parts.group(2), Integer.parseInt(parts.group(3)));
        Path folder = store.resolve(parts.group(1)).resolve(parts.group(2)).resolve(parts.group(3));
        if (!Files.isRegularFile(folder.resolve("manifest.json"))) {
            throw new TrainingException("there is no checkpoint " + name + " in " + store);
        }
        return new StartingPoint(id, Manifest.read(id, folder.resolve("manifest.json")).sha256(), folder.resolve("model.pt"));
    }
}
