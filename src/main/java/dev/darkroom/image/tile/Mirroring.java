package dev.darkroom.image.tile;

import org.bytedeco.opencv.global.opencv_core;

/** How an image goes on beyond its edge. */
public enum Mirroring {
    /** {@code 2 1 0 | 0 1 2}: at the edge, so that neighbours differ no more than elsewhere. */
    HALF_SAMPLE(opencv_core.BORDER_REFLECT),
    /**
     * {@code 2 1 | 0 | 1 2}: at the middle of the last sample. Columns and rows keep their parity, so a mosaic keeps its
     * pattern; it must be at least two samples wide and high.
     */
    WHOLE_SAMPLE(opencv_core.BORDER_REFLECT_101);

    private final int border;

    Mirroring(int border) {
        this.border = border;
    }

    /** OpenCV's name for it, for what lies in a part of a larger matrix. */
    public int border() {
        return border | opencv_core.BORDER_ISOLATED;
    }
}
