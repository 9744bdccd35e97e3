package dev.darkroom.enhance;

import dev.darkroom.estimate.Condition;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.image.Blend;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.develop.Development;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.store.Lease;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A step with the checkpoint that will do it.
 *
 * @param width  of the upright picture by then, pixels
 * @param height of the upright picture by then, pixels
 * @param plan   how the picture will be cut
 * @param development of what the checkpoint makes of a DNG; empty of any other picture
 */
record Stage(StepRequest request, int width, int height, Lease<TorchScriptCheckpoint> lease, TilePlan plan,
        Optional<Development> development) implements AutoCloseable {

    Manifest manifest() {
        return lease.manifest();
    }

    long pixels() {
        return (long) width * height;
    }

    /** How many times as wide and high the network makes the picture. */
    int factor() {
        return manifest().scale();
    }

    long restoredPixels() {
        return pixels() * factor() * factor();
    }

    /** What is made of that. */
    Dimensions answer() {
        return request.of(new Dimensions(width, height));
    }

    /** Whether what the network makes is larger than what is asked for. */
    boolean isResampled() {
        return restoredPixels() != answer().pixels();
    }

    /**
     * Compares with what the checkpoint takes, which may be less than the service does.
     *
     * @throws ImageTooLargeException if one of its limits is exceeded
     */
    void checkLimits() {
        Manifest.Limits limits = manifest().limits();
        if (limits == null) {
            return;
        }
        double megapixels = pixels() / 1e6;
        if (limits.megapixels() != null && megapixels > limits.megapixels()) {
            throw new ImageTooLargeException(String.format(Locale.ROOT, "the image has %.1f megapixels, %s takes at most %.1f",
                    megapixels, manifest().id(), limits.megapixels()));
        }
        double seconds = plan.time().toMillis() / 1e3;
        if (limits.seconds() != null && seconds > limits.seconds()) {
            throw new ImageTooLargeException(String.format(Locale.ROOT, "the image would take %s %.1f seconds here, at most %.1f are given to it",
                    manifest().id(), seconds, limits.seconds()));
        }
    }

    /** Whether the checkpoint is not asked: somebody has demosaicked the picture before. */
    boolean isLeftOut() {
        return development.filter(Development::isDemosaicked).isPresent();
    }

    /** Whether there is nothing to compute. */
    boolean isIdle(Condition condition) {
        return isLeftOut() || condition.idle() || request.strength() == 0;
    }

    /** How close what was blended comes to the whole. */
    OptionalDouble tiledPsnrDb(Condition condition) {
        return plan.isBlended() && !isIdle(condition) ? OptionalDouble.of(manifest().tiledPsnrDb()) : OptionalDouble.empty();
    }

    /** What adding up overlapping tiles takes; 0 if none overlap. */
    long bytesOfBlending(int channels) {
        return manifest().blended() ? Blend.bytes(restoredPixels() * manifest().channels().restored(channels)) : 0;
    }

    /** In which a shake is looked for; 0 if the network does not ask for it. */
    long pixelsOfShake() {
        boolean asked = manifest().condition().contains(Shake.CONDITION);
        return asked ? (long) Math.min(Shake.LARGEST_WINDOW, width) * Math.min(Shake.LARGEST_WINDOW, height) : 0;
    }

    @Override
    public void close() {
        lease.close();
    }
}
