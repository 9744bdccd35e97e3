package dev.darkroom.train.photo;

/**
 * A square of a clean photograph in one of its eight symmetries, with what surrounds it at hand.
 *
 * @param x        of its upper left corner, pixels
 * @param y        of its upper left corner, pixels
 * @param side     pixels
 * @param symmetry see {@link Planes#turned}
 */
public record Excerpt(Photograph photograph, int x, int y, int side, int symmetry) {

    public Planes clean() {
        return clean(0);
    }

    /** The square with {@code margin} pixels more on every side. */
    public Planes clean(int margin) {
        int wide = side + 2 * margin;
        return photograph.part(x - margin, y - margin, wide, wide).turned(symmetry);
    }
}
