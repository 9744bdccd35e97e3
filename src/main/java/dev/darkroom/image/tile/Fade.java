package dev.darkroom.image.tile;

import java.util.List;

/**
 * How much a tile counts along one side of a picture: nothing at an edge of its input inside the picture, all between the overlaps.
 * The fades of all tiles of a side add up to one everywhere.
 *
 * @param in  over what it shares with the tile before it
 * @param out over what it shares with the tiles after it
 */
public record Fade(Ramp in, List<Ramp> out) {
    /** Of a tile that shares nothing. */
    static final Fade NONE = new Fade(Ramp.BEFORE_ALL, List.of());

    /** A raised cosine that rises from 0 to 1, in pixels from the picture's edge; a pixel's middle is at a half. */
    record Ramp(double from, double to) {
        static final Ramp BEFORE_ALL = new Ramp(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

        double at(double position) {
            if (position >= to) {
                return 1;
            }
            return position <= from ? 0 : (1 - Math.cos(Math.PI * (position - from) / (to - from))) / 2;
        }
    }

    public Fade {
        out = List.copyOf(out);
    }

    private double at(double position) {
        double weight = in.at(position);
        for (Ramp next : out) {
            weight *= 1 - next.at(position);
        }
        return weight;
    }

    /**
     * The weights of a row's pixels in a picture enlarged by {@code scale}.
     *
     * @param first the first of them before enlarging
     * @param count how many there are before enlarging
     */
    public float[] weights(int first, int count, int scale) {
        float[] weights = new float[count * scale];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) at(first + (i + 0.5) / scale);
        }
        return weights;
    }
}
