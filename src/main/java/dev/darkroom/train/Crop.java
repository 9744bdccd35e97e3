package dev.darkroom.train;

/**
 * A square of a clean photograph.
 *
 * @param side   pixels
 * @param planes C,H,W = 3,side,side in [0,1]
 */
record Crop(int side, float[] planes) {

    /** One of the eight symmetries of the square: bit 0 mirrors, bit 1 flips, bit 2 transposes. */
    Crop turned(int symmetry) {
        float[] turned = new float[planes.length];
        int last = side - 1;
        for (int plane = 0, to = 0; plane < 3; plane++) {
            int base = plane * side * side;
            for (int row = 0; row < side; row++) {
                for (int column = 0; column < side; column++, to++) {
                    int x = (symmetry & 1) == 0 ? column : last - column;
                    int y = (symmetry & 2) == 0 ? row : last - row;
                    turned[to] = planes[base + ((symmetry & 4) == 0 ? y * side + x : x * side + y)];
                }
            }
        }
        return new Crop(side, turned);
    }
}
