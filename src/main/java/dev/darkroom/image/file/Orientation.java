package dev.darkroom.image.file;

import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** How a stored picture has to be turned to stand upright, in the order of EXIF tag 274's values 1 to 8. */
public enum Orientation {
    NONE(false, false, false),
    FLIP_HORIZONTALLY(false, true, false),
    ROTATE_180(false, true, true),
    FLIP_VERTICALLY(false, false, true),
    TRANSPOSE(true, false, false),
    ROTATE_90_CLOCKWISE(true, true, false),
    TRANSVERSE(true, true, true),
    ROTATE_90_COUNTERCLOCKWISE(true, false, true);

    private final boolean transposed;
    private final boolean flippedHorizontally;
    private final boolean flippedVertically;

    /** First transposed, then flipped. */
    Orientation(boolean transposed, boolean flippedHorizontally, boolean flippedVertically) {
        this.transposed = transposed;
        this.flippedHorizontally = flippedHorizontally;
        this.flippedVertically = flippedVertically;
    }

    /** The orientation of an EXIF value; anything but 2 to 8 means upright. */
    static Orientation ofExif(long value) {
        return value >= 1 && value <= 8 ? values()[(int) value - 1] : NONE;
    }

    /** What EXIF says, or where it says nothing a packet of XMP (Metadata Working Group, 5.3). */
    public static Orientation of(Optional<Orientation> exif, Optional<byte[]> xmp) {
        return exif.or(() -> xmp.flatMap(Xmp::orientation)).orElse(NONE);
    }

    /** Whether width and height change places. */
    public boolean swapsSides() {
        return transposed;
    }

    /** Whether columns change their order, after sides have changed places. */
    public boolean flipsHorizontally() {
        return flippedHorizontally;
    }

    /** Whether rows change their order, after sides have changed places. */
    public boolean flipsVertically() {
        return flippedVertically;
    }

    /** Takes over {@code stored} and gives it back upright, in place unless the sides change places. */
    public Mat upright(Mat stored) {
        var mat = stored;
        if (transposed) {
            mat = new Mat();
            opencv_core.transpose(stored, mat);
            stored.close();
        }
        if (flippedHorizontally || flippedVertically) {
            opencv_core.flip(mat, mat, !flippedVertically ? 1 : flippedHorizontally ? -1 : 0);
        }
        return mat;
    }
}
