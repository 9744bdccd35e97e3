package dev.darkroom.enhance;

import dev.darkroom.estimate.noise.Noise;
import dev.darkroom.image.EncodedImage;
import java.util.Optional;

/**
 * A restored image and how it came about.
 *
 * @param checkpoint for example {@code denoise/pdl@1 sha256:...}
 * @param device     for example {@code cuda:0 float16}
 * @param noise      that was assumed, given or estimated; empty where the checkpoint did not ask
 */
public record EnhanceResult(EncodedImage image, String checkpoint, String device, Optional<Noise> noise, Timing timing) {}
