package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.JpegTraces;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Photographs that went through a JPEG encoder, seven in ten of quality 5 to 95, evenly on a logarithmic scale: where there is most to
 * restore, a step of quality changes most. Two in ten are files of quality 85 to 100, in which there is little to restore and much to spoil,
 * and one in ten is no JPEG file at all.
 *
 * <p>Two in three colour files have their chroma halved (4:2:0), as cameras and the web make them; one in three pictures is
 * gray. In one of five the grid of 8 x 8 blocks does not begin at the corner: pictures are cropped and turned after they
 * were compressed. One in four was a camera's file before. The network is told what the file says, unless it is forgotten.
 */
public final class JpegUploads implements Degradation {
    private static final double LOWEST = 5;
    private static final double HIGHEST = 95;
    private static final int GOOD = 85;
    private static final int MARGIN = 2 * JpegHistory.BLOCK;
    private static final double SHARE_GRAY = 1 / 3.0;
    private static final double SHARE_420 = 2 / 3.0;
    private static final double SHARE_SHIFTED = 0.2;
    private static final double SHARE_NO_FILE = 0.1;
    private static final double SHARE_GOOD = 0.2;
    private static final double SHARE_SECOND = 0.25;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        Planes source = clean.clean(MARGIN);
        if (random.nextDouble() < SHARE_GRAY) {
            source = source.luma().as8Bit();
        }
        JpegHistory files = files(random);
        Planes shown = files.applied(source).trimmed(MARGIN);
        Planes target = source.trimmed(MARGIN);
        return source.channels() == 1 ? Told.file(shown.threefold(), target.threefold(), files, random) : Told.file(shown, target, files, random);
    }

    private static JpegHistory files(RandomGenerator random) {
        double kind = random.nextDouble();
        if (kind < SHARE_NO_FILE) {
            return JpegHistory.NONE;
        }
        int quality = kind < SHARE_NO_FILE + SHARE_GOOD ? GOOD + random.nextInt(101 - GOOD)
                : (int) (LOWEST * Math.pow((HIGHEST + 1) / LOWEST, random.nextDouble()));
        Chroma chroma = random.nextDouble() < SHARE_420 ? Chroma.HALVED : Chroma.FULL;
        JpegHistory history = random.nextDouble() < SHARE_SECOND ? JpegHistory.random(1, GOOD, random) : JpegHistory.NONE;
        boolean shifted = random.nextDouble() < SHARE_SHIFTED;
        return history.then(quality, chroma, shifted ? random.nextInt(JpegHistory.BLOCK) : 0, shifted ? random.nextInt(JpegHistory.BLOCK) : 0);
    }

    /** Every excerpt in colour, 4:2:0, at the same quality. */
    public static Degradation of(int quality) {
        JpegHistory file = JpegHistory.one(quality, Chroma.HALVED);
        return (clean, random) -> Told.file(file.applied(clean.clean()), clean.clean(), file);
    }

    /** Every excerpt as it is. */
    public static Degradation none() {
        return (clean, random) -> Told.file(clean.clean(), clean.clean(), JpegHistory.NONE);
    }

    /** A picture (1 or 3 channels) as a JPEG file shows it. */
    public static Planes through(Planes picture, int quality, Chroma chroma) {
        int size = picture.width() * picture.height();
        byte[] samples = new byte[picture.values().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i % size * picture.channels() + i / size] = (byte) Math.round(picture.values()[i] * 255);
        }
        byte[] shown = JpegTraces.left(samples, picture.width(), picture.height(), picture.channels(), quality, chroma);
        float[] values = new float[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (shown[i % size * picture.channels() + i / size] & 0xff) / 255f;
        }
        return picture.with(values);
    }

    @Override
    public int margin() {
        return MARGIN;
    }
}
