package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Planes;

/** A colour filter array with R G in even and G B in odd rows. */
public final class BayerMosaic {
    private BayerMosaic() {}

    /** What an RGGB sensor records of a picture (3,H,W): (1,H,W). */
    public static Planes of(Planes picture) {
        Planes mosaic = Planes.black(1, picture.height(), picture.width());
        for (int row = 0, to = 0; row < mosaic.height(); row++) {
            for (int column = 0; column < mosaic.width(); column++, to++) {
                mosaic.values()[to] = picture.get(row % 2 + column % 2, row, column);
            }
        }
        return mosaic;
    }

    /** Bilinear interpolation of an RGGB mosaic (1,H,W): each colour is the weighted mean of its samples around; (3,H,W). */
    public static Planes interpolated(Planes mosaic) {
        Planes picture = Planes.black(3, mosaic.height(), mosaic.width());
        for (int channel = 0, to = 0; channel < 3; channel++) {
            for (int row = 0; row < mosaic.height(); row++) {
                for (int column = 0; column < mosaic.width(); column++, to++) {
                    picture.values()[to] = interpolated(mosaic, channel, row, column);
                }
            }
        }
        return picture;
    }

    private static float interpolated(Planes mosaic, int channel, int row, int column) {
        float sum = 0;
        float weights = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(mosaic.height() - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(mosaic.width() - 1, column + 1); x++) {
                if (y % 2 + x % 2 == channel) {
                    float weight = (y == row ? 2 : 1) * (x == column ? 2 : 1);
                    sum += weight * mosaic.get(0, y, x);
                    weights += weight;
                }
            }
        }
        return sum / weights;
    }
}
