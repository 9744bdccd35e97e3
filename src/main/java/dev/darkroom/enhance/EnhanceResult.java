package dev.darkroom.enhance;

import dev.darkroom.batching.Hold;
import dev.darkroom.estimate.Condition;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.develop.Development;
import dev.darkroom.model.Task;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A restored image and how it came about; whoever gets it closes it.
 *
 * @param memory what the image takes on the books; empty unless {@link Enhancer#enhanceAndHold} was asked
 * @param steps  at least one, in order
 */
public record EnhanceResult(EncodedImage image, Optional<Hold> memory, List<Step> steps, Timing timing) implements AutoCloseable {

    /**
     * What one task has done.
     *
     * @param checkpoint for example {@code denoise/pdl@1}
     * @param sha256     of the checkpoint
     * @param device     for example {@code cuda:0 float16}
     * @param told       what the checkpoint was told of the picture, given or found out
     * @param kept       the share of the checkpoint's change that was good for the JPEG file, 0 to 1; empty if it is none, or the checkpoint is not restrained
     * @param tiledPsnrDb how close blended tiles come to the whole picture, as the manifest has it; empty if the answer is what the whole gives
     * @param development what was done with a DNG besides; empty of any other picture
     */
    public record Step(Task task, String checkpoint, String sha256, String device, Condition told, OptionalDouble kept,
            OptionalDouble tiledPsnrDb,
            Optional<Development> development) {
        static Step of(Stage stage, Condition told, OptionalDouble kept) {
            return new Step(stage.request().task(), stage.lease().id().toString(), stage.lease().sha256(), stage.lease().checkpoint().device(), told, kept,
                    stage.tiledPsnrDb(told), stage.development());
        }
    }

    @Override
    public void close() {
        image.close();
        memory.ifPresent(Hold::close);
    }
}
