package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Bicubic;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.GaussianBlur;
import dev.darkroom.train.photo.JpegTraces;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Small pictures as people have them: shrunk by one of several programs, most of them JPEG files, some of those not the first. The network
 * is told what the file says, unless it is forgotten.
 */
public record SmallUploads(int scale) implements Degradation {
    private static final int MARGIN_OUTPUT_PIXELS = 4;
    private static final int LOWEST_QUALITY = 30;
    private static final double STRONGEST_NOISE_SIGMA_255 = 2;
    private static final double SHARE_NOISY = 0.15;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        Planes low = shrunk(clean.clean(margin()), random).trimmed(MARGIN_OUTPUT_PIXELS).as8Bit();
        boolean noisy = random.nextDouble() < SHARE_NOISY;
        Planes stored = noisy ? GaussianNoise.added(low, STRONGEST_NOISE_SIGMA_255 * random.nextDouble(), random) : low;
        int kind = random.nextInt(8);
        JpegHistory files = kind == 0 ? JpegHistory.NONE : JpegHistory.random(kind < 6 ? 1 : 2, LOWEST_QUALITY, random);
        return Told.file(shown(stored, files), clean.clean(), files, random);
    }

    /** Every excerpt shrunk as the literature does it, then in a JPEG file. */
    public static Degradation jpeg(int scale, int quality) {
        return (clean, random) -> {
            JpegHistory files = JpegHistory.one(quality, JpegTraces.Chroma.HALVED);
            Planes low = Bicubic.shrunk(clean.clean(), scale).as8Bit();
            return Told.file(shown(low, files), clean.clean(), files);
        };
    }

    /** Blocks need pixels around, which an excerpt of a small photograph may not have. */
    private static Planes shown(Planes low, JpegHistory files) {
        return files.applied(low.extended(JpegHistory.BLOCK)).trimmed(JpegHistory.BLOCK);
    }

    private Planes shrunk(Planes picture, RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Bicubic.mean(picture, scale);
            case 1 -> Bicubic.mean(GaussianBlur.of(picture, scale * 0.4 * random.nextDouble()), scale);
            default -> Bicubic.shrunk(picture, scale);
        };
    }

    @Override
    public int margin() {
        return MARGIN_OUTPUT_PIXELS * scale;
    }
}
