package dev.darkroom.image;

import dev.darkroom.image.file.Orientation;
import java.util.Arrays;
import java.util.Optional;

/** Which colour each sample of a mosaic has: the name reads its upper left 2 x 2 samples, row by row. */
public enum BayerPattern {
    RGGB(0, 0),
    BGGR(1, 1),
    GRBG(1, 0),
    GBRG(0, 1);

    private final int redColumn;
    private final int redRow;

    BayerPattern(int redColumn, int redRow) {
        this.redColumn = redColumn;
        this.redRow = redRow;
    }

    /** The pattern called {@code rggb}, {@code bggr}, {@code grbg} or {@code gbrg}, in any case. */
    public static Optional<BayerPattern> named(String name) {
        return Arrays.stream(values()).filter(pattern -> pattern.name().equalsIgnoreCase(name)).findFirst();
    }

    /** How many columns, 0 or 1, a mosaic lacks at its left to begin as RGGB does. */
    public int leadingColumns() {
        return redColumn;
    }

    /** How many rows, 0 or 1, a mosaic lacks at its top to begin as RGGB does. */
    public int leadingRows() {
        return redRow;
    }

    /** The pattern of a mosaic of this pattern after it has been turned upright; sides as stored. */
    public BayerPattern upright(Orientation orientation, int width, int height) {
        boolean swaps = orientation.swapsSides();
        int column = swaps ? redRow : redColumn;
        int row = swaps ? redColumn : redRow;
        int uprightWidth = swaps ? height : width;
        int uprightHeight = swaps ? width : height;
        return withRedAt(
                orientation.flipsHorizontally() ? uprightWidth - 1 - column : column,
                orientation.flipsVertically() ? uprightHeight - 1 - row : row);
    }

    /** The pattern of the part of such a mosaic that begins at that column and row. */
    public BayerPattern from(int column, int row) {
        return withRedAt(redColumn - column, redRow - row);
    }

    /** The pattern that has a red sample there. */
    public static BayerPattern withRedAt(int column, int row) {
        return Arrays.stream(values())
                .filter(pattern -> (pattern.redColumn - column) % 2 == 0 && (pattern.redRow - row) % 2 == 0)
                .findFirst().orElseThrow();
    }
}
