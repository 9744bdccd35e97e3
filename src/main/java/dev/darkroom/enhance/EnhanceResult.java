package dev.darkroom.enhance;

import dev.darkroom.image.EncodedImage;

/**
 * A restored image and how it came about.
 *
 * @param checkpoint for example {@code denoise/pdl@1 sha256:...}
 * @param device     for example {@code cuda:0 float16}
 * @param sigma255   the noise level that was assumed, given or estimated; NaN where the task knows none
 */
public record EnhanceResult(EncodedImage image, String checkpoint, String device, double sigma255, Timing timing) {}
