package dev.darkroom.estimate.noise;

import dev.darkroom.estimate.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Small squares of one channel each, values 0 to 255, and how much texture surrounds them. */
final class Patches {

    private static final int SIDE = 6;
    /** What surrounds a patch and decides about it: a frame of this many pixels. */
    private static final int FRAME = 2;
    private static final int WINDOW = SIDE + 2 * FRAME;
    private static final int FRAME_PIXELS = WINDOW * WINDOW - SIDE * SIDE;
    /** The length of a patch as a vector. */
    static final int DIMENSIONS = SIDE * SIDE;

    private static final int MAX_PATCHES = 60_000;
    private static final int MAX_STRIP_WIDTH = 1024;
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
    private static final int MEAN_BINS = 128;

    private final float[] values;
    private final double[] texture;
    private int count;

    private Patches(int capacity) {
        values = new float[capacity * DIMENSIONS];
        texture = new double[capacity];
    }

    int count() {
        return count;
    }

    /** At most 60,000 patches of strips all over the image, always the same ones; none of an image smaller than 10 x 10. */
    static Patches spreadOver(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        int channels = picture.channels();
        int bits = picture.bits();
        int columns = width - WINDOW + 1;
        int rows = height - WINDOW + 1;
        if (columns < 1 || rows < 1) {
            return new Patches(0);
        }
        double places = (double) MAX_PATCHES / channels;
        int step = (int) Math.max(1, Math.min(SIDE, Math.sqrt((double) columns * rows / places)));
        int stripWidth = Math.min(width, MAX_STRIP_WIDTH);
        int perStrip = (stripWidth - WINDOW) / step + 1;
        long differentStrips = (long) rows * ((width - 1) / stripWidth + 1);
        int strips = (int) Math.min(differentStrips, Math.max(1, (long) places / perStrip));

        var patches = new Patches(strips * perStrip * channels);
        var buffer = ByteBuffer.allocateDirect(stripWidth * WINDOW * channels * bits / 8).order(ByteOrder.nativeOrder());
        for (int strip = 0; strip < strips; strip++) {
            int x = (int) (strip * GOLDEN_RATIO % 1 * (width - stripWidth + 1));
            int y = (int) ((strip + 0.5) / strips * rows);
            picture.samples().read(x, y, stripWidth, WINDOW, buffer.clear());
            boolean[] seen = picture.seen(x, y, stripWidth, WINDOW);
            float[] samples = samples(buffer, bits);
            for (int place = 0; place < perStrip; place++) {
                if (!allSeen(seen, place * step, stripWidth)) {
                    continue;
                }
                for (int channel = 0; channel < channels; channel++) {
                    patches.add(samples, place * step * channels + channel, channels, stripWidth * channels);
                }
            }
        }
        return patches;
    }

    private static boolean allSeen(boolean[] seen, int column, int width) {
        for (int i = 0; i < WINDOW * WINDOW; i++) {
            if (!seen[i / WINDOW * width + column + i % WINDOW]) {
                return false;
            }
        }
        return true;
    }

    private static float[] samples(ByteBuffer buffer, int bits) {
        var samples = new float[buffer.capacity() / (bits / 8)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bits == 8 ? Byte.toUnsignedInt(buffer.get(i)) : Short.toUnsignedInt(buffer.getShort(2 * i)) / 257f;
        }
        return samples;
    }

    private void add(float[] samples, int start, int columnStride, int rowStride) {
        double sum = 0;
        double squares = 0;
        int next = count * DIMENSIONS;
        boolean clipped = true;
        boolean flat = true;
        float corner = samples[start];
        for (int row = 0; row < WINDOW; row++) {
            for (int column = 0; column < WINDOW; column++) {
                float value = samples[start + row * rowStride + column * columnStride];
                flat &= value == corner;
                if (inPatch(row) && inPatch(column)) {
                    values[next++] = value;
                    clipped &= value == 0 || value == 255;
                } else {
                    sum += value;
                    squares += value * value;
                }
            }
        }
        // What is black or white throughout has lost its noise, and a frame of one colour never had any: either would make a noisy picture
        // look clean.
        if (!clipped && !flat) {
            texture[count++] = squares / FRAME_PIXELS - sum / FRAME_PIXELS * (sum / FRAME_PIXELS);
        }
    }

    private static boolean inPatch(int position) {
        return position >= FRAME && position < FRAME + SIDE;
    }

    /** The {@code wanted} patches with the least texture around them, or all if there are fewer; more where several are equal. */
    Patches smoothest(int wanted) {
        if (wanted >= count) {
            return this;
        }
        double[] sorted = Arrays.copyOf(texture, count);
        Arrays.sort(sorted);
        var chosen = new Patches(count);
        for (int patch = 0; patch < count; patch++) {
            if (texture[patch] <= sorted[wanted - 1]) {
                System.arraycopy(values, patch * DIMENSIONS, chosen.values, chosen.count * DIMENSIONS, DIMENSIONS);
                chosen.texture[chosen.count++] = texture[patch];
            }
        }
        return chosen;
    }

    /** The covariance matrix of the patches' values. */
    double[][] covariance() {
        var products = new double[DIMENSIONS][DIMENSIONS];
        var sums = new double[DIMENSIONS];
        for (int start = 0; start < count * DIMENSIONS; start += DIMENSIONS) {
            for (int i = 0; i < DIMENSIONS; i++) {
                double value = values[start + i];
                sums[i] += value;
                for (int j = 0; j <= i; j++) {
                    products[i][j] += value * values[start + j];
                }
            }
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = products[i][j] / count - sums[i] / count * (sums[j] / count);
                products[j][i] = products[i][j];
            }
        }
        return products;
    }

    /** How many patches have which mean: equal bins from 0 to 255. */
    int[] means() {
        var means = new int[MEAN_BINS];
        for (int start = 0; start < count * DIMENSIONS; start += DIMENSIONS) {
            double sum = 0;
            for (int i = 0; i < DIMENSIONS; i++) {
                sum += values[start + i];
            }
            means[Math.min(MEAN_BINS - 1, (int) (sum / DIMENSIONS / 255 * MEAN_BINS))]++;
        }
        return means;
    }
}
