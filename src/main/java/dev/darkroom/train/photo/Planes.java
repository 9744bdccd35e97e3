package dev.darkroom.train.photo;

import dev.darkroom.estimate.picture.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A picture in memory as a network sees it.
 *
 * @param channels 1 or 3
 * @param values   C,H,W; clean pictures are in [0,1]
 */
public record Planes(int channels, int height, int width, float[] values) {

    public Planes {
        if (values.length != channels * height * width) {
            throw new IllegalArgumentException("%d values are not %d x %d x %d".formatted(values.length, channels, height, width));
        }
    }

    public static Planes black(int channels, int height, int width) {
        return new Planes(channels, height, width, new float[channels * height * width]);
    }

    /** The same size with other values. */
    public Planes with(float[] others) {
        return new Planes(channels, height, width, others);
    }

    public float get(int channel, int row, int column) {
        return values[(channel * height + row) * width + column];
    }

    /** The part whose upper left corner is (x, y). */
    public Planes cut(int x, int y, int width, int height) {
        float[] part = new float[channels * height * width];
        for (int channel = 0, to = 0; channel < channels; channel++) {
            for (int row = 0; row < height; row++, to += width) {
                System.arraycopy(values, (channel * this.height + y + row) * this.width + x, part, to, width);
            }
        }
        return new Planes(channels, height, width, part);
    }

    /** Without {@code margin} pixels on every side. */
    public Planes trimmed(int margin) {
        return margin == 0 ? this : cut(margin, margin, width - 2 * margin, height - 2 * margin);
    }

    /** With {@code margin} pixels more on every side, mirrored at the edge ({@code ...2 1 | 1 2...}). */
    public Planes extended(int margin) {
        Planes extended = black(channels, height + 2 * margin, width + 2 * margin);
        for (int channel = 0, to = 0; channel < channels; channel++) {
            for (int row = -margin; row < height + margin; row++) {
                int from = (channel * height + mirrored(row, height)) * width;
                for (int column = -margin; column < width + margin; column++, to++) {
                    extended.values[to] = values[from + mirrored(column, width)];
                }
            }
        }
        return extended;
    }

    /** Extended to the right and below, mirrored about the last pixel's centre ({@code 0 1 2 1 0}): what alternates goes on alternating. */
    public Planes extendedTo(int wider, int higher) {
        Planes extended = black(channels, higher, wider);
        for (int channel = 0, to = 0; channel < channels; channel++) {
            for (int row = 0; row < higher; row++) {
                int from = (channel * height + reflected(row, height)) * width;
                for (int column = 0; column < wider; column++, to++) {
                    extended.values[to] = values[from + reflected(column, width)];
                }
            }
        }
        return extended;
    }

    private static int reflected(int position, int length) {
        int phase = length == 1 ? 0 : position % (2 * length - 2);
        return phase < length ? phase : 2 * length - 2 - phase;
    }

    /** The place inside {@code length} that {@code position} outside of it mirrors. */
    static int mirrored(int position, int length) {
        int phase = Math.floorMod(position, 2 * length);
        return phase < length ? phase : 2 * length - 1 - phase;
    }

    /** One of the eight symmetries of the square: bit 0 mirrors, bit 1 flips, bit 2 transposes. Both sides are equal. */
    public Planes turned(int symmetry) {
        if (symmetry == 0) {
            return this;
        }
        float[] turned = new float[values.length];
        int last = width - 1;
        for (int channel = 0, to = 0; channel < channels; channel++) {
            int base = channel * width * width;
            for (int row = 0; row < width; row++) {
                for (int column = 0; column < width; column++, to++) {
                    int x = (symmetry & 1) == 0 ? column : last - column;
                    int y = (symmetry & 2) == 0 ? row : last - row;
                    turned[to] = values[base + ((symmetry & 4) == 0 ? y * width + x : x * width + y)];
                }
            }
        }
        return with(turned);
    }

    /** Rows become columns. */
    public Planes transposed() {
        Planes turned = black(channels, width, height);
        for (int channel = 0, from = 0; channel < channels; channel++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++, from++) {
                    turned.values[(channel * width + column) * height + row] = values[from];
                }
            }
        }
        return turned;
    }

    /** Of another picture of the same shape beside this one, dB. */
    public double psnrDb(Planes other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - other.values[i];
            sum += difference * difference;
        }
        return 10 * Math.log10(values.length / sum);
    }

    /** A share of the way from this picture to another of the same shape. */
    public Planes towards(Planes other, float share) {
        float[] between = new float[values.length];
        for (int i = 0; i < between.length; i++) {
            between[i] = values[i] + share * (other.values[i] - values[i]);
        }
        return with(between);
    }

    /** BT.601 full-range luma, as image libraries make a grayscale picture; one channel. */
    public Planes luma() {
        int size = height * width;
        float[] luma = new float[size];
        for (int i = 0; i < size; i++) {
            luma[i] = 0.299f * values[i] + 0.587f * values[i + size] + 0.114f * values[i + 2 * size];
        }
        return new Planes(1, height, width, luma);
    }

    public boolean isGray() {
        int size = height * width;
        return Arrays.equals(values, 0, size, values, size, 2 * size) && Arrays.equals(values, 0, size, values, 2 * size, 3 * size);
    }

    /** The first channel alone. */
    public Planes first() {
        return channel(0);
    }

    /** One channel alone. */
    public Planes channel(int channel) {
        int size = height * width;
        return new Planes(1, height, width, Arrays.copyOfRange(values, channel * size, (channel + 1) * size));
    }

    /** Three equal channels of one. */
    public Planes threefold() {
        int size = height * width;
        float[] three = Arrays.copyOf(values, 3 * size);
        List.of(1, 2).forEach(channel -> System.arraycopy(values, 0, three, channel * size, size));
        return new Planes(3, height, width, three);
    }

    /** As the estimators of a service get to see it: rounded to 8 bits, without alpha. */
    public Picture picture() {
        int size = height * width;
        return new Picture(width, height, channels, 8, (x, y, columns, rows, samples) -> {
            for (int row = y; row < y + rows; row++) {
                for (int column = x; column < x + columns; column++) {
                    for (int channel = 0; channel < channels; channel++) {
                        float value = values[channel * size + row * width + column];
                        samples.put((byte) Math.round(Math.min(1, Math.max(0, value)) * 255));
                    }
                }
            }
        }, Optional.empty());
    }

    /** Clipped to [0,1] and rounded to 8 bits, as a file holds it. */
    public Planes as8Bit() {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Math.round(Math.min(1, Math.max(0, values[i])) * 255) / 255f;
        }
        return with(rounded);
    }
}
