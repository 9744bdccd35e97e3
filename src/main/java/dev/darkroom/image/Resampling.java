package dev.darkroom.image;

import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * Makes pictures smaller: Lanczos's window of three lobes (Duchon 1979), stretched by the ratio of the sizes so that what is too fine for
 * the smaller one does not come back as a pattern; at the edges over what there is. One axis after the other, row by row.
 */
final class Resampling {
    private static final int LOBES = 3;
    private static final int STRIP_PIXELS = 1 << 18;

    private final Raster from;
    private final Region part;
    private final Raster to;
    private final Light light;
    private final int channels;
    private final Axis across;
    private final Axis down;
    /** The latest rows of the part at their new width; row {@code y} is at {@code y} modulo their number. */
    private final float[][] rows;
    private final float[] row;
    /** A row's samples on the heap, as bytes and as numbers of 16 bits. */
    private final byte[] bytes;
    private final short[] shorts;
    private final ByteBuffer strip;
    private int stripEnds;
    private int done;

    private Resampling(Raster from, Region part, Raster to, Light light) {
        this.from = from;
        this.part = part;
        this.to = to;
        this.light = light;
        channels = from.channels();
        across = Axis.of(part.width(), to.width());
        down = Axis.of(part.height(), to.height());
        rows = new float[down.longest()][to.width() * channels];
        row = new float[part.width() * channels];
        bytes = new byte[2 * row.length];
        shorts = new short[row.length];
        strip = strip(from, part.width(), part.height());
    }

    /** A part of a raster, of the same depth and tones, at another size; {@code from} stays open. */
    static Raster of(Raster from, Framing framing, Light light) {
        Raster to = from.blank(framing.size().width(), framing.size().height(), from.channels());
        try {
            new Resampling(from, framing.part(), to, light).run();
            return to;
        } catch (Throwable e) {
            to.close();
            throw e;
        }
    }

    /**
     * Of each of the fewer samples, which of the many it is made of.
     *
     * @param first   the first of them
     * @param weights theirs; the sum is 1
     */
    private record Axis(int[] first, float[][] weights) {
        static Axis of(int many, int few) {
            double ratio = (double) many / few;
            var axis = new Axis(new int[few], new float[few][]);
            for (int i = 0; i < few; i++) {
                double centre = (i + 0.5) * ratio - 0.5;
                int start = Math.max(0, (int) Math.ceil(centre - LOBES * ratio));
                int end = Math.min(many - 1, (int) Math.floor(centre + LOBES * ratio));
                axis.first[i] = start;
                axis.weights[i] = weights(start, end, centre, ratio);
            }
            return axis;
        }

        private static float[] weights(int start, int end, double centre, double ratio) {
            double[] exact = new double[end - start + 1];
            double sum = 0;
            for (int k = 0; k < exact.length; k++) {
                exact[k] = lanczos((start + k - centre) / ratio);
                sum += exact[k];
            }
            float[] weights = new float[exact.length];
            for (int k = 0; k < exact.length; k++) {
                weights[k] = (float) (exact[k] / sum);
            }
            return weights;
        }

        private static double lanczos(double x) {
            double t = Math.PI * x;
            return Math.abs(x) < 1e-9 ? 1 : Math.abs(x) >= LOBES ? 0 : LOBES * Math.sin(t) * Math.sin(t / LOBES) / (t * t);
        }

        int longest() {
            int longest = 0;
            for (float[] each : weights) {
                longest = Math.max(longest, each.length);
            }
            return longest;
        }
    }

    private void run() {
        ByteBuffer samples = strip(to, to.width(), to.height());
        float[] sums = new float[to.width() * channels];
        int top = 0;
        for (int y = 0; y < to.height(); y++) {
            add(y, sums);
            put(sums, samples);
            if (!samples.hasRemaining() || y + 1 == to.height()) {
                var region = new Region(0, top, to.width(), y + 1 - top);
                to.write(region, samples.flip(), region);
                samples.clear();
                top = y + 1;
            }
        }
    }

    private void add(int y, float[] sums) {
        float[] weights = down.weights[y];
        int first = down.first[y];
        while (done < first + weights.length) {
            narrow(next(), rows[done++ % rows.length]);
        }
        Arrays.fill(sums, 0);
        for (int k = 0; k < weights.length; k++) {
            float[] source = rows[(first + k) % rows.length];
            float weight = weights[k];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * source[i];
            }
        }
    }

    private void narrow(float[] source, float[] into) {
        if (channels == 3) {
            narrowColours(source, into);
            return;
        }
        for (int x = 0; x < into.length; x++) {
            float[] weights = across.weights[x];
            int first = across.first[x];
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * source[first + k];
            }
            into[x] = sum;
        }
    }

    /** Three sums at a time, none of which waits for another. */
    private void narrowColours(float[] source, float[] into) {
        for (int x = 0; x < into.length / 3; x++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            int i = 3 * across.first[x];
            for (float weight : across.weights[x]) {
                red += weight * source[i];
                green += weight * source[i + 1];
                blue += weight * source[i + 2];
                i += 3;
            }
            into[3 * x] = red;
            into[3 * x + 1] = green;
            into[3 * x + 2] = blue;
        }
    }

    /** The row that has not been narrowed yet, as light. */
    private float[] next() {
        if (done == stripEnds) {
            int count = Math.min(part.height() - done, strip.capacity() / bytesOfRow());
            from.read(new Region(part.x(), part.y() + done, part.width(), count), strip.clear());
            strip.flip();
            stripEnds = done + count;
        }
        float[] ofSamples = light.ofSamples(from.bits());
        strip.get(bytes, 0, bytesOfRow());
        if (from.bits() == 8) {
            for (int i = 0; i < row.length; i++) {
                row[i] = ofSamples[bytes[i] & 0xff];
            }
        } else {
            shorts(bytesOfRow()).get(shorts, 0, row.length);
            for (int i = 0; i < row.length; i++) {
                row[i] = ofSamples[shorts[i] & 0xffff];
            }
        }
        return row;
    }

    private void put(float[] sums, ByteBuffer samples) {
        if (to.bits() == 8) {
            for (int i = 0; i < sums.length; i++) {
                bytes[i] = (byte) light.sample(sums[i], 8);
            }
            samples.put(bytes, 0, sums.length);
        } else {
            for (int i = 0; i < sums.length; i++) {
                shorts[i] = (short) light.sample(sums[i], 16);
            }
            shorts(2 * sums.length).put(shorts, 0, sums.length);
            samples.put(bytes, 0, 2 * sums.length);
        }
    }

    private ShortBuffer shorts(int length) {
        return ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.nativeOrder()).asShortBuffer();
    }

    private int bytesOfRow() {
        return part.width() * channels * from.bits() / 8;
    }

    /** Whole rows. */
    private static ByteBuffer strip(Raster raster, int width, int height) {
        int rows = Math.min(height, Math.max(1, STRIP_PIXELS / width));
        return ByteBuffer.allocateDirect((int) raster.bytes(new Region(0, 0, width, rows))).order(ByteOrder.nativeOrder());
    }
}
