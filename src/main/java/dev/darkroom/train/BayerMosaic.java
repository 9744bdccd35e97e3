package dev.darkroom.train;

/** A colour filter array with R G in even and G B in odd rows. */
final class BayerMosaic {
    private BayerMosaic() {}

    /** What an RGGB sensor records of a picture (3,H,W): (1,H,W). */
    static Planes of(Planes picture) {
        Planes mosaic = Planes.black(1, picture.height(), picture.width());
        for (int row = 0, to = 0; row < mosaic.height(); row++) {
            for (int column = 0; column < mosaic.width(); column++, to++) {
                mosaic.values()[to] = picture.get(row % 2 + column % 2, row, column);
            }
        }
        return mosaic;
    }
}
