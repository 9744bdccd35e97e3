package dev.darkroom.train.photo;

/**
 * A clean photograph in memory.
 *
 * @param name   its file name, for messages
 * @param width  pixels
 * @param height pixels
 * @param rgb    interleaved 8-bit RGB, row by row
 */
public record Photograph(String name, int width, int height, byte[] rgb) {


    /** The part whose upper left corner is (x, y), in [0,1]. */
    public Planes part(int x, int y, int width, int height) {
        Planes part = Planes.black(3, height, width);
        int size = width * height;
        for (int row = 0; row < height; row++) {
            int from = 3 * ((y + row) * this.width + x);
            for (int column = 0; column < width; column++, from += 3) {
                int to = row * width + column;
                part.values()[to] = (rgb[from] & 0xff) / 255f;
                part.values()[to + size] = (rgb[from + 1] & 0xff) / 255f;
                part.values()[to + 2 * size] = (rgb[from + 2] & 0xff) / 255f;
            }
        }
        return part;
    }

    /** The whole picture in [0,1]. */
    public Planes whole() {
        return part(0, 0, width, height);
    }

    /** Of half the size, bicubic: what a lossy file or a sensor left in a small photograph is gone then. */
    public Photograph halved() {
        Planes half = Bicubic.shrunk(part(0, 0, width / 2 * 2, height / 2 * 2), 2).as8Bit();
        byte[] samples = new byte[half.values().length];
        int size = half.width() * half.height();
        for (int i = 0; i < samples.length; i++) {
            samples[3 * (i % size) + i / size] = (byte) Math.round(half.values()[i] * 255);
        }
        return new Photograph(name, half.width(), half.height(), samples);
    }

    public double megapixels() {
        return width * height / 1e6;
    }
}
