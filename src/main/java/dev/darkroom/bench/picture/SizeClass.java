package dev.darkroom.bench.picture;

/**
 * Pictures of one size.
 *
 * @param count how many of them are in a deck
 */
public record SizeClass(String name, int width, int height, int count) {

    public double megapixels() {
        return width * (double) height / 1e6;
    }
}
