package dev.darkroom.image.tile;

/**
 * One evaluation of a network: it reads {@code input} (core, halo and, past the image's edge, padding), and {@code core} of its output is
 * kept, as much as the fades say where other tiles' cores overlap it.
 */
public record Tile(Region input, Region core, Fade columns, Fade rows) {

    /** A tile whose core is its own. */
    public Tile(Region input, Region core) {
        this(input, core, Fade.NONE, Fade.NONE);
    }

    /** Whether other tiles have a part in its core. */
    public boolean isShared() {
        return columns != Fade.NONE || rows != Fade.NONE;
    }
}
