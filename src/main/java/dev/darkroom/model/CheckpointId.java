package dev.darkroom.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Names one checkpoint of the store, written {@code denoise/pdl@1}; ordered by task, loss and version.
 *
 * @param loss what it was trained with: a letter or digit, then up to 63 letters, digits, hyphens or underscores
 * @param version from 1
 */
public record CheckpointId(Task task, String loss, int version) implements Comparable<CheckpointId> {

    private static final Pattern LOSS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Comparator<CheckpointId> ORDER = Comparator.comparing(CheckpointId::task)
            .thenComparing(CheckpointId::loss)
            .thenComparingInt(CheckpointId::version);

    public CheckpointId {
        requireNonNull(task, "task is null");
        if (!isLoss(loss)) {
            throw new IllegalArgumentException("not the name of a loss");
        }
        if (version < 1) {
            throw new IllegalArgumentException("a version is at least 1");
        }
    }

    /** Whether a loss may be called that. */
    public static boolean isLoss(String name) {
        return LOSS.matcher(name).matches();
    }

    @Override
    public int compareTo(CheckpointId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return task.pathName() + "/" + loss + "@" + version;
    }
}
