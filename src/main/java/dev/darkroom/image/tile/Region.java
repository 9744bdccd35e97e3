package dev.darkroom.image.tile;

/** A rectangle of whole pixels; x and y may lie outside the image, which a tile's mirrored border does. */
public record Region(int x, int y, int width, int height) {

    public Region {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a region must have at least one pixel");
        }
    }

    /** The first column to the right of this region. */
    public int right() {
        return x + width;
    }

    /** The first row below this region. */
    public int bottom() {
        return y + height;
    }

    /** The same region of an image enlarged by {@code factor}. */
    public Region scaled(int factor) {
        return new Region(x * factor, y * factor, width * factor, height * factor);
    }

    public boolean contains(Region other) {
        return x <= other.x && y <= other.y && right() >= other.right() && bottom() >= other.bottom();
    }

    /** @throws IllegalArgumentException if the two have no pixel in common */
    public Region intersection(Region other) {
        int left = Math.max(x, other.x);
        int top = Math.max(y, other.y);
        return new Region(left, top, Math.min(right(), other.right()) - left, Math.min(bottom(), other.bottom()) - top);
    }

    /** This region as seen from the upper left corner of {@code origin}. */
    public Region relativeTo(Region origin) {
        return new Region(x - origin.x, y - origin.y, width, height);
    }
}
