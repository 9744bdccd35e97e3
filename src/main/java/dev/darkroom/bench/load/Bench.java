package dev.darkroom.bench.load;

import dev.darkroom.bench.picture.Album;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Halo;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.TilePlan;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What every phase works with.
 *
 * @param time for how long a phase measures, at least
 */
public record Bench(Pipeline pipeline, TorchScriptCheckpoint checkpoint, InferenceSettings inference, EnhanceRequest request, Album album,
        Duration time, long seed) {
    private static final float CONDITION = 25 / 255f;

    /** The same with another way of running the checkpoint. */
    public Bench running(TorchScriptCheckpoint other) {
        return new Bench(pipeline, other, inference, request, album, time, seed);
    }

    /** The tiles that the service cuts a picture into. */
    public List<Tile> tiles(Picture picture) {
        return TilePlan.of(checkpoint, Halo.MEASURED, picture.pixels().width(), picture.pixels().height()).tiles();
    }

    /** Any will do: it does not change how long the network takes. */
    public float[] condition() {
        float[] condition = new float[checkpoint.manifest().columns()];
        Arrays.fill(condition, CONDITION);
        return condition;
    }

    public Enhancement enhance(Picture picture) {
        return pipeline.enhancer().enhance(picture.upload(), request);
    }

    public Enhancement enhance(Picture picture, Duration timeout) {
        return pipeline.enhancer().enhance(picture.upload(), request.within(timeout));
    }
}
