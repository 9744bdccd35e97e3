package dev.darkroom.train.degradation;

import dev.darkroom.train.degradation.JpegTraces.Chroma;
import java.util.random.RandomGenerator;

/**
 * Photographs that went through a JPEG encoder of quality 5 to 95, evenly on a logarithmic scale: where there is most to
 * restore, a step of quality changes most.
 *
 * <p>Two in three colour files have their chroma halved (4:2:0), as cameras and the web make them; one in three pictures is
 * gray. In one of five the grid of 8 x 8 blocks does not begin at the corner: pictures are cropped and turned after they
 * were compressed.
 */
public final class JpegUploads implements Degradation {
    private static final double LOWEST = 5;
    private static final double HIGHEST = 95;
    private static final int BLOCK = 8;
    private static final int MARGIN = 2 * BLOCK;
    private static final double SHARE_GRAY = 1 / 3.0;
    private static final double SHARE_420 = 2 / 3.0;
    private static final double SHARE_SHIFTED = 0.2;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        int quality = (int) (LOWEST * Math.pow((HIGHEST + 1) / LOWEST, random.nextDouble()));
        boolean gray = random.nextDouble() < SHARE_GRAY;
        Chroma chroma = random.nextDouble() < SHARE_420 ? Chroma.HALVED : Chroma.FULL;
        boolean shifted = random.nextDouble() < SHARE_SHIFTED;
        int x = shifted ? random.nextInt(BLOCK) : 0;
        int y = shifted ? random.nextInt(BLOCK) : 0;
        return compressed(clean, gray, quality, chroma, MARGIN + x, MARGIN + y);
    }

    /** Every excerpt in colour, 4:2:0, at the same quality. */
    static Degradation of(int quality) {
        return (clean, random) -> compressed(clean, false, quality, Chroma.HALVED, 0, 0);
    }

    /** @param x of the part that is shown, in what is compressed: the excerpt with a margin if there is one */
    private static Example compressed(Excerpt clean, boolean gray, int quality, Chroma chroma, int x, int y) {
        Planes whole = clean.clean(x == 0 ? 0 : MARGIN);
        Planes source = gray ? whole.luma().as8Bit() : whole;
        Planes traces = through(source, quality, chroma).cut(x, y, clean.side(), clean.side());
        Planes target = source.cut(x, y, clean.side(), clean.side());
        return gray ? new Example(traces.threefold(), target.threefold()) : new Example(traces, target);
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
