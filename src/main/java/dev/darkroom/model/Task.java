package dev.darkroom.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a checkpoint does to a photograph; {@link #pathName} is its name in URLs, directories and manifests. */
public enum Task {
    DENOISE,
    SUPER_RESOLVE,
    DEBLUR,
    DEMOSAIC,
    DEJPEG,
    DEHAZE;

    /** Returns the task with this path name, empty when there is none. */
    public static Optional<Task> find(String pathName) {
        for (Task task : values()) {
            if (task.pathName().equals(pathName)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    /** The name in lower case with hyphens, as in {@code super-resolve}. */
    @JsonValue
    public String pathName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    static Task named(String pathName) {
        return find(pathName).orElseThrow(() -> new IllegalArgumentException("not a task"));
    }

    @Override
    public String toString() {
        return pathName();
    }
}
