package dev.darkroom.train.degradation.haze;

import dev.darkroom.estimate.colour.ColorHistogram;
import dev.darkroom.train.degradation.Degradation;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Photographs seen through hazy air, rounded to 8 bits, and one in three through none; the condition is what the whole picture's colours say
 * of the air.
 */
public final class Haze implements Degradation {
    /** Of a side of the grid on which the picture's colours are counted. */
    private static final int SAMPLES = 64;
    private static final double SHARE_CLEAR = 1 / 3.0;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        Air air = random.nextDouble() < SHARE_CLEAR ? Air.CLEAR : Air.random(random);
        return through(air, clean);
    }

    /** Every excerpt as it is. */
    public static Degradation none() {
        return (clean, random) -> through(Air.CLEAR, clean);
    }

    private static Example through(Air air, Excerpt clean) {
        Photograph photograph = clean.photograph();
        Planes part = photograph.part(clean.x(), clean.y(), clean.side(), clean.side());
        Planes hazy = over(part, air, clean.x(), clean.y(), photograph.width(), photograph.height());
        return new Example(hazy.turned(clean.symmetry()), part.turned(clean.symmetry()), summary(photograph, air));
    }

    /** A whole picture through the air, rounded to 8 bits. */
    public static Planes over(Planes clean, Air air) {
        return over(clean, air, 0, 0, clean.width(), clean.height());
    }

    private static Planes over(Planes part, Air air, int x, int y, int width, int height) {
        Planes hazy = Planes.black(3, part.height(), part.width());
        int size = part.width() * part.height();
        for (int i = 0; i < size; i++) {
            double transmission = air.transmission((x + i % part.width() + 0.5) / width, (y + i / part.width() + 0.5) / height);
            for (int channel = 0; channel < 3; channel++) {
                hazy.values()[channel * size + i] = air.hazy(part.values()[channel * size + i], channel, transmission);
            }
        }
        return hazy.as8Bit();
    }

    private static float[] summary(Photograph photograph, Air air) {
        var histogram = new ColorHistogram();
        byte[] rgb = photograph.rgb();
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            double u = (i % SAMPLES + 0.5) / SAMPLES;
            double v = (i / SAMPLES + 0.5) / SAMPLES;
            int at = 3 * ((int) (v * photograph.height()) * photograph.width() + (int) (u * photograph.width()));
            double transmission = air.transmission(u, v);
            histogram.add(level(rgb[at], air, 0, transmission), level(rgb[at + 1], air, 1, transmission), level(rgb[at + 2], air, 2, transmission));
        }
        return histogram.summary();
    }

    private static int level(byte clean, Air air, int channel, double transmission) {
        return Math.round(255 * air.hazy((clean & 0xff) / 255f, channel, transmission));
    }
}
