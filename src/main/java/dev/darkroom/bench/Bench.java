package dev.darkroom.bench;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.TilePlan;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.InferenceSettings;
import dev.darkroom.inference.TorchScriptCheckpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What every phase works with.
 *
 * @param time for how long a phase measures, at least
 */
record Bench(Pipeline pipeline, TorchScriptCheckpoint checkpoint, InferenceSettings inference, EnhanceRequest request, Album album,
        Duration time, long seed) {
    private static final float CONDITION = 25 / 255f;

    /** The same with another way of running the checkpoint. */
    Bench running(TorchScriptCheckpoint other) {
        return new Bench(pipeline, other, inference, request, album, time, seed);
    }

    /** The tiles that the service cuts a picture into. */
    List<Tile> tiles(Picture picture) {
        return TilePlan.of(checkpoint, picture.pixels().width(), picture.pixels().height()).tiles();
    }

    /** Any will do: it does not change how long the network takes. */
    float[] condition() {
        float[] condition = new float[checkpoint.manifest().columns()];
        Arrays.fill(condition, CONDITION);
        return condition;
    }

    Enhancement enhance(Picture picture) {
        return pipeline.enhancer().enhance(picture.upload(), request);
    }

    Enhancement enhance(Picture picture, Duration timeout) {
        return pipeline.enhancer().enhance(picture.upload(), request.within(timeout));
    }
}
