package dev.darkroom.train;

/**
 * A clean photograph in memory.
 *
 * @param name   its file name, for messages
 * @param width  pixels
 * @param height pixels
 * @param rgb    interleaved 8-bit RGB, row by row
 */
record Photograph(String name, int width, int height, byte[] rgb) {

    /** The whole picture as planes C,H,W in [0,1]. */
    float[] planes() {
        int pixels = width * height;
        float[] planes = new float[3 * pixels];
        for (int i = 0; i < rgb.length; i++) {
            planes[i % 3 * pixels + i / 3] = (rgb[i] & 0xff) / 255f;
        }
        return planes;
    }

    /** The square of {@code side} pixels whose upper left corner is (x, y), as planes C,H,W in [0,1]. */
    Crop crop(int x, int y, int side) {
        float[] planes = new float[3 * side * side];
        for (int row = 0; row < side; row++) {
            int from = 3 * ((y + row) * width + x);
            for (int column = 0; column < side; column++, from += 3) {
                int to = row * side + column;
                planes[to] = (rgb[from] & 0xff) / 255f;
                planes[to + side * side] = (rgb[from + 1] & 0xff) / 255f;
                planes[to + 2 * side * side] = (rgb[from + 2] & 0xff) / 255f;
            }
        }
        return new Crop(side, planes);
    }
}
