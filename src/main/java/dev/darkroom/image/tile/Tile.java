package dev.darkroom.image.tile;

/** One evaluation of a network: it reads {@code input} (core, halo and, past the image's edge, padding), and {@code core} of its output is kept. */
public record Tile(Region input, Region core) {
}
