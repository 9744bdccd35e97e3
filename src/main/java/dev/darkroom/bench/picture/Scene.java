package dev.darkroom.bench.picture;

import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.util.Random;

/** A made-up photograph with light, edges and texture under noise, since zeros would be easier than any photograph. */
public final class Scene {
    private static final double NOISE_SIGMA255 = 20;
    private static final int NOISE_SAMPLES = 1 << 16;
    private static final int STRIP = 64;
    private static final int CHANNELS = 3;

    private final int width;
    private final double phase;
    private final Random random;
    private final float[] noise = new float[NOISE_SAMPLES];

    private Scene(int width, long number) {
        this.width = width;
        random = new Random(number);
        phase = random.nextDouble() * 100;
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (NOISE_SIGMA255 * random.nextGaussian());
        }
    }

    /** A {@link PictureSource}. */
    public static Raster picture(int width, int height, long number) {
        var scene = new Scene(width, number);
        var raster = Raster.allocate(width, height, CHANNELS, 8);
        for (int top = 0; top < height; top += STRIP) {
            var strip = new Region(0, top, width, Math.min(STRIP, height - top));
            raster.write(strip, scene.samples(strip), strip);
        }
        return raster;
    }

    private ByteBuffer samples(Region strip) {
        var samples = ByteBuffer.allocateDirect(width * strip.height() * CHANNELS);
        for (int y = strip.y(); y < strip.bottom(); y++) {
            double light = 95 + 45 * Math.sin(y / 150.0 + phase);
            int from = random.nextInt(NOISE_SAMPLES);
            for (int i = 0; i < width * CHANNELS; i++) {
                double value = light + structure(i / CHANNELS, y, i % CHANNELS) + noise[(from + i) % NOISE_SAMPLES];
                samples.put((byte) Math.round(Math.max(0, Math.min(255, value))));
            }
        }
        return samples.flip();
    }

    /** Discs of a colour, stripes that get finer to the right, and a gradient. */
    private double structure(int x, int y, int channel) {
        int dx = x % 96 - 48;
        int dy = y % 128 - 64;
        double disc = dx * dx + dy * dy < 1200 ? 70 - 40 * channel : 0;
        double stripes = (y >> 6) % 3 == 0 ? (x * (1 + x / 512) + y & 16) : 0;
        return disc + stripes + 30.0 * x / width;
    }
}
