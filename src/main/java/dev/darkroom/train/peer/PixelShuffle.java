package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Squares of 2x2 pixels against four channels; pixel (dy,dx) of channel c is channel 4c + 2dy + dx. */
final class PixelShuffle {

    private PixelShuffle() {}

    /** (N,C,H,W) to (N,4C,H/2,W/2). */
    static NDArray fold(NDArray picture) {
        Shape shape = picture.getShape();
        long rows = shape.get(2) / 2;
        long columns = shape.get(3) / 2;
        return picture.reshape(shape.get(0), shape.get(1), rows, 2, columns, 2)
                .transpose(0, 1, 3, 5, 2, 4)
                .reshape(shape.get(0), 4 * shape.get(1), rows, columns);
    }

    /** (N,4C,H,W) to (N,C,2H,2W), the inverse. */
    static NDArray unfold(NDArray channels) {
        Shape shape = channels.getShape();
        long colors = shape.get(1) / 4;
        return channels.reshape(shape.get(0), colors, 2, 2, shape.get(2), shape.get(3))
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(shape.get(0), colors, 2 * shape.get(2), 2 * shape.get(3));
    }
}
