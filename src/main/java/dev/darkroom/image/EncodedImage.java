package dev.darkroom.image;

import dev.darkroom.image.file.ImageFormat;
import java.util.Set;

/**
 * A finished image file.
 *
 * @param changed what the format could not hold, in alphabetical order: {@code alpha} (composited over white), {@code bit-depth}
 *                (16 bits became 8), {@code cmyk} (became sRGB), {@code grayscale} (became three equal channels), {@code icc},
 *                {@code metadata} (a block longer than the format allows)
 */
public record EncodedImage(ImageFormat format, byte[] bytes, Set<String> changed) {
}
