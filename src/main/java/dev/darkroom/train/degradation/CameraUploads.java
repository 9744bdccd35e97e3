package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.LumaChroma;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Photographs as cameras make them in poor light: the sensor's noise, seen through demosaicking, rendering, noise reduction and sharpening,
 * and then through JPEG files. What should come back is the picture without noise and without JPEG's traces, as soft and with the colour
 * resolution that it has.
 *
 * <p>The shape of the noise comes from the sensor and the smoothing, its strength is drawn: luma's standard deviation evenly on a
 * logarithmic scale, chroma's as a share of it. The network is told what the service would find out.
 */
public record CameraUploads(double weakest, double strongest) implements Degradation {
    /** Mirrored around an excerpt, for blurs, blocks and a demosaicking's border; a multiple of a block. */
    static final int MARGIN = 24;
    private static final double SHARE_SHARP = 0.25;
    private static final double SHARE_GRAY = 0.08;
    private static final int LOWEST_QUALITY = 60;

    /** Luma's standard deviation from 0.8 to 12 on the 0..255 scale. */
    public CameraUploads() {
        this(0.8, 12);
    }

    @Override
    public Example apply(Excerpt excerpt, RandomGenerator random) {
        Planes clean = Softness.random(SHARE_SHARP, random).of(excerpt, MARGIN);
        Planes noise = noise(clean, random);
        JpegHistory files = files(random);
        boolean gray = random.nextDouble() < SHARE_GRAY;
        Planes target = files.layout(gray ? clean.luma() : clean).trimmed(MARGIN);
        Planes noisy = files.applied(gray ? sum(clean, noise).luma() : sum(clean, noise)).trimmed(MARGIN);
        Told told = Told.estimated(noisy, files, random);
        return gray ? told.example(noisy.threefold(), target.threefold()) : told.example(noisy, target);
    }

    private static JpegHistory files(RandomGenerator random) {
        int kind = random.nextInt(8);
        return kind == 0 ? JpegHistory.NONE
                : kind < 3 ? JpegHistory.random(1, 85, random)
                : JpegHistory.random(kind < 5 ? 1 : 2, LOWEST_QUALITY, random);
    }

    /**
     * What this camera adds to the picture (3,H,W), on the 0..1 scale: half of what two exposures with opposite noise differ by. So its mean
     * is zero at every brightness, as against the mean of many exposures, though the tone curve bends; else a network learns to brighten.
     */
    private Planes noise(Planes clean, RandomGenerator random) {
        Camera camera = Camera.random(random);
        Demosaicking demosaicking = random.nextBoolean() ? Demosaicking.BILINEAR : Demosaicking.GRADIENT_CORRECTED;
        Planes mosaic = BayerMosaic.of(camera.sensed(clean));
        Planes noisy = SensorNoise.random(random).added(mosaic, random);
        Planes opposite = sum(sum(mosaic, mosaic), noisy, -1);
        Planes difference = sum(camera.rendered(demosaicking.of(noisy)), camera.rendered(demosaicking.of(opposite)), -1);
        Planes smooth = CameraSmoothing.random(random).applied(LumaChroma.of(difference), random);
        double luma = weakest * Math.pow(strongest / weakest, random.nextDouble()) / 255;
        double chroma = luma * 0.15 * Math.pow(8, random.nextDouble());
        return LumaChroma.rgb(scaled(smooth, luma, chroma));
    }

    private static Planes scaled(Planes noise, double luma, double chroma) {
        int size = noise.height() * noise.width();
        double lumaGain = luma / Math.max(1e-6, CameraSmoothing.deviation(noise.channel(0)));
        double chromaGain = chroma / Math.max(1e-6, Math.hypot(CameraSmoothing.deviation(noise.channel(1)), CameraSmoothing.deviation(noise.channel(2))) / Math.sqrt(2));
        float[] values = new float[3 * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (noise.values()[i] * (i < size ? lumaGain : chromaGain));
        }
        return noise.with(values);
    }

    private static Planes sum(Planes one, Planes other) {
        return sum(one, other, 1);
    }

    private static Planes sum(Planes one, Planes other, float factor) {
        float[] values = new float[one.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = one.values()[i] + factor * other.values()[i];
        }
        return one.with(values);
    }
}
