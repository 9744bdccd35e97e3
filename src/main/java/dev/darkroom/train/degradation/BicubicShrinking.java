package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Bicubic;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/** Matlab-bicubic shrinking, rounded to 8 bits: what super-resolution is measured on since Timofte et al. 2017. */
public record BicubicShrinking(int scale) implements Degradation {
    /** The widened kernel reaches two output pixels far; twice that, so that no excerpt sees a mirrored border. */
    private static final int MARGIN_OUTPUT_PIXELS = 4;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        Planes low = Bicubic.shrunk(clean.clean(margin()), scale).trimmed(MARGIN_OUTPUT_PIXELS).as8Bit();
        return Told.file(low, clean.clean(), JpegHistory.NONE);
    }

    @Override
    public int margin() {
        return MARGIN_OUTPUT_PIXELS * scale;
    }
}
