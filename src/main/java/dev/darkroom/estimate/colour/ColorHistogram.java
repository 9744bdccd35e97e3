package dev.darkroom.estimate.colour;

import dev.darkroom.estimate.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How often each 8-bit value occurs in each channel of an RGB picture.
 *
 * <p>Its {@linkplain #summary() summary} is what a network is told of the whole picture while it works on a tile: all tiles
 * of a picture share it, so tiles still equal the whole.
 */
public final class ColorHistogram {
    /** Names of the summary's numbers, in its order, as a manifest's condition lists them. */
    public static final List<String> SUMMARY = List.of(
            "red/p1", "red/p10", "red/p50", "red/p90", "red/p99",
            "green/p1", "green/p10", "green/p50", "green/p90", "green/p99",
            "blue/p1", "blue/p10", "blue/p50", "blue/p90", "blue/p99");

    private static final double[] SHARES = {0.01, 0.10, 0.50, 0.90, 0.99};

    private static final int STRIP_PIXELS = 1 << 18;

    private final long[][] counts = new long[3][256];

    /** Of every pixel of a picture that is seen: gray counts as equal red, green and blue, and of 16 bits the upper eight. */
    public static ColorHistogram of(Picture picture) {
        var histogram = new ColorHistogram();
        int rows = Math.min(picture.height(), Math.max(1, STRIP_PIXELS / picture.width()));
        var samples = ByteBuffer.allocateDirect(picture.bytes(rows * picture.width())).order(ByteOrder.nativeOrder());
        for (int y = 0; y < picture.height(); y += rows) {
            int high = Math.min(rows, picture.height() - y);
            picture.samples().read(0, y, picture.width(), high, samples.clear());
            histogram.addAll(samples.flip(), picture.seen(0, y, picture.width(), high), picture.channels(), picture.bits());
        }
        return histogram;
    }

    private void addAll(ByteBuffer samples, boolean[] seen, int channels, int bits) {
        int count = samples.remaining() / (bits / 8);
        for (int i = 0; i < count; i += channels) {
            if (!seen[i / channels]) {
                continue;
            }
            int red = value(samples, i, bits);
            add(red, channels == 1 ? red : value(samples, i + 1, bits), channels == 1 ? red : value(samples, i + 2, bits));
        }
    }

    private static int value(ByteBuffer samples, int index, int bits) {
        return bits == 8 ? Byte.toUnsignedInt(samples.get(index)) : Short.toUnsignedInt(samples.getShort(2 * index)) >>> 8;
    }

    /** Counts one pixel; values from 0 to 255. */
    public void add(int red, int green, int blue) {
        counts[0][red]++;
        counts[1][green]++;
        counts[2][blue]++;
    }

    /**
     * Five percentiles of each channel.
     *
     * @return 15 values in [0,1], in the order of {@link #SUMMARY}: the smallest value that at least 1, 10, 50, 90 and 99 %
     *     of the channel's pixels do not exceed; 0 if no pixel was counted
     */
    public float[] summary() {
        float[] summary = new float[SUMMARY.size()];
        for (int i = 0; i < summary.length; i++) {
            summary[i] = percentile(counts[i / SHARES.length], SHARES[i % SHARES.length]) / 255f;
        }
        return summary;
    }

    private static int percentile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        long below = 0;
        for (int value = 0; value < counts.length; value++) {
            below += counts[value];
            if (below >= share * total) {
                return value;
            }
        }
        throw new IllegalStateException("unreachable: all values together hold every pixel");
    }
}
