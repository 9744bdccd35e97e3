package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Planes;

/** The simple ways in which cameras make a picture of an RGGB mosaic: (1,H,W) to (3,H,W). */
enum Demosaicking {

    /** Each colour is the weighted mean of its samples around. */
    BILINEAR {
        @Override
        Planes of(Planes mosaic) {
            return BayerMosaic.interpolated(mosaic);
        }
    },

    /** Bilinear, corrected by the Laplacian of the colour that was sampled: Malvar, He and Cutler (ICASSP 2004), figure 2. */
    GRADIENT_CORRECTED {
        @Override
        Planes of(Planes mosaic) {
            Planes wide = mosaic.extended(2);
            Planes picture = Planes.black(3, mosaic.height(), mosaic.width());
            for (int row = 0; row < mosaic.height(); row++) {
                for (int column = 0; column < mosaic.width(); column++) {
                    corrected(wide, picture, row, column);
                }
            }
            return picture;
        }
    };

    abstract Planes of(Planes mosaic);

    private static void corrected(Planes wide, Planes picture, int row, int column) {
        int y = row + 2;
        int x = column + 2;
        float here = wide.get(0, y, x);
        float beside = wide.get(0, y, x - 1) + wide.get(0, y, x + 1);
        float above = wide.get(0, y - 1, x) + wide.get(0, y + 1, x);
        float diagonal = wide.get(0, y - 1, x - 1) + wide.get(0, y - 1, x + 1) + wide.get(0, y + 1, x - 1) + wide.get(0, y + 1, x + 1);
        float farBeside = wide.get(0, y, x - 2) + wide.get(0, y, x + 2);
        float farAbove = wide.get(0, y - 2, x) + wide.get(0, y + 2, x);
        int size = picture.height() * picture.width();
        int to = row * picture.width() + column;
        float[] values = picture.values();
        int sampled = row % 2 + column % 2;
        values[to + sampled * size] = here;
        if (sampled == 1) {
            float inRow = (5 * here + 4 * beside - diagonal - farBeside + farAbove / 2) / 8;
            float inColumn = (5 * here + 4 * above - diagonal - farAbove + farBeside / 2) / 8;
            values[to] = row % 2 == 0 ? inRow : inColumn;
            values[to + 2 * size] = row % 2 == 0 ? inColumn : inRow;
        } else {
            values[to + size] = (4 * here + 2 * (beside + above) - farBeside - farAbove) / 8;
            values[to + (2 - sampled) * size] = (6 * here + 2 * diagonal - 1.5f * (farBeside + farAbove)) / 8;
        }
    }
}
