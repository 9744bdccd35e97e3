package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Task;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * How much callers need each version: whoever names no loss is served by the newest of the default. So one of each task comes first, then
 * the other defaults, then the rest.
 */
final class Need {
    private final DefaultLosses defaults;
    private final Map<Task, CheckpointId> newest;

    Need(Collection<CheckpointId> versions, DefaultLosses defaults) {
        this.defaults = defaults;
        newest = versions.stream().filter(this::isDefault)
                .collect(Collectors.toMap(CheckpointId::task, id -> id, BinaryOperator.maxBy(Comparator.<CheckpointId>naturalOrder())));
    }

    boolean isDefault(CheckpointId id) {
        return defaults.of(id.task()).orElse(Catalogue.BASELINE).equals(id.loss());
    }

    /** What is needed most comes first. */
    Comparator<CheckpointId> mostNeededFirst() {
        return Comparator.<CheckpointId, Boolean>comparing(id -> !id.equals(newest.get(id.task())))
                .thenComparing(id -> !isDefault(id)).thenComparing(id -> -id.version());
    }
}
