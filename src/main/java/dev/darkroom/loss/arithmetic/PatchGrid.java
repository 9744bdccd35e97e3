package dev.darkroom.loss.arithmetic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Square patches of pictures, for statistics that depend on how much of a picture they see.
 *
 * @param side in pixels; a shorter side of a picture is taken whole
 * @param stride pixels from one patch to the next
 */
public record PatchGrid(int side, int stride) {

    /** What the projected distribution loss sees of a picture: crops of the size it is trained on. */
    public static final PatchGrid OF_PDL = new PatchGrid(256, 256);

    /** The samples of one picture that deep semantic statistics compare with each other. */
    public static final PatchGrid OF_D2SM = new PatchGrid(224, 56);

    /** PatchGrid of shape (N,C,side,side) that leave nothing out: the last of a row or column moves inwards. */
    public List<NDArray> covering(NDArray pictures) {
        Shape shape = pictures.getShape();
        return at(pictures, covering(shape.get(2)), covering(shape.get(3)));
    }

    /** How many {@link #covering(NDArray)} gives. */
    public long count(Shape pictures) {
        return (long) covering(pictures.get(2)).length * covering(pictures.get(3)).length;
    }

    /** The patches that fit behind the first, which begins at a row and column: random ones when training. */
    public List<NDArray> from(NDArray pictures, long top, long left) {
        Shape shape = pictures.getShape();
        return at(pictures, fitting(top, shape.get(2)), fitting(left, shape.get(3)));
    }

    private List<NDArray> at(NDArray pictures, long[] tops, long[] lefts) {
        Shape shape = pictures.getShape();
        long height = Math.min(side, shape.get(2));
        long width = Math.min(side, shape.get(3));
        var patches = new ArrayList<NDArray>();
        for (long top : tops) {
            for (long left : lefts) {
                patches.add(pictures.get(new NDIndex().addAllDim(2)
                        .addSliceDim(top, top + height)
                        .addSliceDim(left, left + width)));
            }
        }
        return patches;
    }

    private long[] covering(long length) {
        long last = Math.max(0, length - side);
        LongStream before = LongStream.iterate(0, start -> start < last, start -> start + stride);
        return LongStream.concat(before, LongStream.of(last)).toArray();
    }

    private long[] fitting(long first, long length) {
        return LongStream.iterate(first, start -> start + side <= length, start -> start + stride).toArray();
    }
}
