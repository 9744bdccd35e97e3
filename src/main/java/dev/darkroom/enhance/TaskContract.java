package dev.darkroom.enhance;

import dev.darkroom.estimate.Condition;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Manifest.Channels;
import dev.darkroom.model.Task;
import java.util.List;

/** What a manifest has to say for its checkpoint to be able to serve its task. */
final class TaskContract {
    private static final Channels COLOUR = new Channels(3, 3);
    private static final Channels MOSAIC = new Channels(1, 3);

    private TaskContract() {}

    /** @throws CheckpointRefusedException saying what the task cannot do with */
    static void check(Manifest manifest) {
        Task task = manifest.task();
        Channels channels = task == Task.DEMOSAIC ? MOSAIC : COLOUR;
        require(manifest.channels().equals(channels), "%s needs %d channels in and %d out, the manifest has %d and %d".formatted(
                task, channels.in(), channels.out(), manifest.channels().in(), manifest.channels().out()));
        List<Integer> scales = task == Task.SUPER_RESOLVE ? StepRequest.SCALES : List.of(1);
        require(scales.contains(manifest.scale()), "%s needs a scale of %s, the manifest has %d".formatted(
                task, scales.size() == 1 ? scales.get(0) : "2, 3 or 4", manifest.scale()));
        require(task != Task.DEMOSAIC || manifest.sizeMultiple() % 2 == 0, "demosaic needs an even sizeMultiple, the manifest has "
                + manifest.sizeMultiple());
        require(task != Task.DEMOSAIC || !manifest.blended(), "demosaic needs exact tiling: a mosaic's colours alternate");
        manifest.condition().stream().filter(name -> !Condition.isKnown(name)).findFirst().ifPresent(name -> {
            throw new CheckpointRefusedException("the service does not know the condition " + name);
        });
        manifest.tiles().forEach(side -> requireTiles(manifest, side));
    }

    private static void requireTiles(Manifest manifest, int side) {
        try {
            if (manifest.blended()) {
                TilePlan.blendedGrid(manifest, side);
            } else {
                TilePlan.grid(manifest, Halo.EXACT, side, side);
            }
        } catch (IllegalArgumentException e) {
            throw new CheckpointRefusedException("tiles of %d pixels with sizeMultiple %d cannot be laid out in steps of %d: %s"
                    .formatted(side, manifest.sizeMultiple(), TilePlan.QUANTUM, e.getMessage()), e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CheckpointRefusedException(otherwise);
        }
    }
}
