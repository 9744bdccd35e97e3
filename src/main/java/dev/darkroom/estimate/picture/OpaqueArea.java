package dev.darkroom.estimate.picture;

import dev.darkroom.image.tile.Region;
import java.util.Optional;

/** The largest rectangle of a picture in which every pixel counts, to {@value #CELL} pixels. */
final class OpaqueArea {
    private static final int CELL = 16;

    private OpaqueArea() {}

    /** Empty if there is none of a cell's size. */
    static Optional<Region> of(Picture picture) {
        int columns = picture.width() / CELL;
        int rows = picture.height() / CELL;
        int[] above = new int[columns];
        Region largest = null;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                above[column] = allSeen(picture, column * CELL, row * CELL) ? above[column] + 1 : 0;
            }
            for (int left = 0; left < columns; left++) {
                int height = Integer.MAX_VALUE;
                for (int right = left; right < columns && above[right] > 0; right++) {
                    height = Math.min(height, above[right]);
                    int wide = (right - left + 1) * CELL;
                    if (largest == null || (long) wide * height * CELL > (long) largest.width() * largest.height()) {
                        largest = new Region(left * CELL, (row + 1 - height) * CELL, wide, height * CELL);
                    }
                }
            }
        }
        return Optional.ofNullable(largest);
    }

    private static boolean allSeen(Picture picture, int x, int y) {
        for (boolean seen : picture.seen(x, y, CELL, CELL)) {
            if (!seen) {
                return false;
            }
        }
        return true;
    }
}
