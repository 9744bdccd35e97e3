package dev.darkroom.compare;

import dev.darkroom.batching.Standing;
import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.score.ScoreRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a caller wants compared.
 *
 * @param restoring one step, and how its results are to be written
 * @param models    by which it is to be done; empty: by every loss that is ready
 * @param scoring   how the results are to be measured, where there is a reference
 * @param pictures  whether the results themselves are wanted too
 */
public record CompareRequest(EnhanceRequest restoring, List<ModelRequest> models, Optional<ScoreRequest> scoring, boolean pictures) {
    /** More than any task has. */
    private static final int MOST_MODELS = 16;

    /** @throws EnhanceParameterException if there are too many models */
    public CompareRequest {
        models = List.copyOf(models);
        if (models.size() > MOST_MODELS) {
            throw new EnhanceParameterException("model may name at most %d checkpoints".formatted(MOST_MODELS));
        }
    }

    /** The same, of a caller who may have others. */
    public CompareRequest standing(Standing among) {
        return new CompareRequest(restoring.standing(among), models, scoring, pictures);
    }

    /** The same, of a caller who has been waiting since then. */
    public CompareRequest arrived(long nanoTime) {
        return new CompareRequest(restoring.arrived(nanoTime), models, scoring, pictures);
    }
}
