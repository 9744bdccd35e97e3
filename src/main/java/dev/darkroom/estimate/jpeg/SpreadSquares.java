package dev.darkroom.estimate.jpeg;

import dev.darkroom.estimate.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Squares of a picture, side by side, or spread over it where there are too many. */
final class SpreadSquares {

    private SpreadSquares() {}

    /**
     * @param side of a square, pixels
     * @param most squares, about
     * @param look at a square's samples, row by row, which are overwritten by the next one's
     */
    static void each(Picture picture, int side, int most, Consumer<ByteBuffer> look) {
        int wide = picture.width() / side;
        int high = picture.height() / side;
        int every = Math.max(1, (int) Math.ceil(Math.sqrt((double) wide * high / most)));
        var samples = ByteBuffer.allocateDirect(picture.bytes(side * side)).order(ByteOrder.nativeOrder());
        for (int row = 0; row < high; row += every) {
            for (int column = row / every % every; column < wide; column += every) { // shifted, so that no column of a building is always met
                picture.samples().read(column * side, row * side, side, side, samples.clear());
                look.accept(samples);
            }
        }
    }
}
