package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.stream.LongStream;

/** Adds to pictures and takes away along their edges. */
final class Border {

    private Border() {}

    /** A part of (N,C,H,W): (N,C,height,width). */
    static NDArray crop(NDArray picture, long top, long left, long height, long width) {
        return picture.get(new NDIndex()
                .addAllDim(2)
                .addSliceDim(top, top + height)
                .addSliceDim(left, left + width));
    }

    /**
     * Continues (N,C,H,W) as if mirrored at its outermost pixels, which are not repeated: rows stay in even and odd
     * places, as the colours of a mosaic must.
     *
     * @throws IllegalArgumentException if a side is a single pixel
     */
    static NDArray mirror(NDArray picture, long top, long left, long bottom, long right) {
        long height = picture.getShape().get(2);
        long width = picture.getShape().get(3);
        NDArray tall = picture.get(new NDIndex(":, :, {}", indices(picture, height, top, bottom)));
        return tall.get(new NDIndex(":, :, :, {}", indices(picture, width, left, right)));
    }

    private static NDArray indices(NDArray picture, long length, long before, long after) {
        if (length < 2) {
            throw new IllegalArgumentException("a single pixel has nothing to mirror");
        }
        long period = 2 * (length - 1);
        return picture.getManager().create(LongStream.range(-before, length + after)
                .map(index -> Math.floorMod(index, period))
                .map(index -> Math.min(index, period - index))
                .toArray());
    }
}
