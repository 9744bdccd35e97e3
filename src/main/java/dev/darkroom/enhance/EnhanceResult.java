package dev.darkroom.enhance;

import dev.darkroom.estimate.Condition;
import dev.darkroom.image.EncodedImage;

/**
 * A restored image and how it came about.
 *
 * @param checkpoint for example {@code denoise/pdl@1 sha256:...}
 * @param device     for example {@code cuda:0 float16}
 * @param told       what the checkpoint was told of the picture, given or found out
 */
public record EnhanceResult(EncodedImage image, String checkpoint, String device, Condition told, Timing timing) {}
