package dev.darkroom.image.container.heif;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A HEIF file's picture as whoever decodes it has to know it.
 *
 * @param width         of all parts together, before anything is cut off or turned
 * @param parts         of {@code columns} a row, from the left upper corner
 * @param partWidth     of each part; the last of a row may reach over the right edge
 * @param channels      1 for gray, 3 for YCbCr
 * @param bits          of a sample: 8, 10 or 12
 * @param coding        how samples become RGB, if the file says so outside the coded pictures
 * @param alpha         how opaque it is, a picture of one channel
 * @param premultiplied whether colours have been multiplied by it
 * @param steps         what is to be done with the whole, in this order
 */
public record HeifPicture(int width, int height, Codec codec, List<Part> parts, int columns, int partWidth, int partHeight, int channels, int bits,
        Optional<Coding> coding, Optional<HeifPicture> alpha, boolean premultiplied, List<Step> steps) {

    /** What parts are coded by. */
    public enum Codec { HEVC, AV1 }

    /**
     * One coded picture.
     *
     * @param configuration the decoder's: hvcC or av1C
     */
    public record Part(byte[] configuration, ByteBuffer data) {}

    /**
     * @param matrix    code point of ITU-T H.273, table 4
     * @param fullRange whether black is 0
     */
    public record Coding(int matrix, boolean fullRange) {}

    /** What is done with decoded pixels. */
    public sealed interface Step {}

    /** Leaves a part of the picture. */
    public record Crop(int x, int y, int width, int height) implements Step {}

    /** @param quarters of a turn against the clock's */
    public record Turn(int quarters) implements Step {}

    /** @param horizontally left and right change places */
    public record Mirror(boolean horizontally) implements Step {}

    /** Of the picture after all steps. */
    public int finalWidth() {
        return finalSides()[0];
    }

    /** Of the picture after all steps. */
    public int finalHeight() {
        return finalSides()[1];
    }

    private int[] finalSides() {
        int[] sides = {width, height};
        for (Step step : steps) {
            if (step instanceof Crop crop) {
                sides = new int[] {crop.width(), crop.height()};
            } else if (step instanceof Turn turn && turn.quarters() % 2 == 1) {
                sides = new int[] {sides[1], sides[0]};
            }
        }
        return sides;
    }
}
