package dev.darkroom.bench;

/**
 * Pictures of one size.
 *
 * @param count how many of them are in a deck
 */
record SizeClass(String name, int width, int height, int count) {

    double megapixels() {
        return width * (double) height / 1e6;
    }
}
