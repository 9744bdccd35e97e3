package dev.darkroom.loss.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Arithmetic;

/**
 * How pictures are prepared before they are measured; values under different conventions must not be compared.
 *
 * @param color the channels that are compared
 * @param crop pixels left out along each border (super-resolution tables crop as many as the scale)
 * @param quantize the steps that pixel values are rounded to, as a saved file would
 */
public record Convention(Color color, int crop, Quantize quantize) {

    /** All of RGB, pooled, in [0,1], unquantised. */
    public static final Convention PLAIN = new Convention(Color.RGB, 0, Quantize.NONE);

    /** What denoising, JPEG and deblurring tables report: RGB, no crop, 8 bits. */
    public static final Convention RGB_8BIT = new Convention(Color.RGB, 0, Quantize.EIGHT_BIT);

    // Far enough above 1 for overshoot, far enough below 255 to catch the wrong scale.
    private static final double LARGEST_PLAUSIBLE = 1.5;

    /** The channels that are compared: all three, or the luma of Matlab's rgb2ycbcr. */
    public enum Color { RGB, Y }

    /** The steps that values are rounded to. */
    public enum Quantize { NONE, EIGHT_BIT }

    /**
     * Checks the crop.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Convention {
        if (crop < 0) {
            throw new IllegalArgumentException("a crop cannot be negative");
        }
    }

    /** How many channels are compared of a picture in RGB. */
    public int channels() {
        return color == Color.Y ? 1 : 3;
    }

    /**
     * Clips to [0,1], rounds, crops and converts, in the order in which a saved picture would be measured; (N,C,H,W) to
     * (N,C or 1,H',W').
     */
    public NDArray apply(NDArray pictures) {
        // Written so that NaN is refused too.
        if (!(pictures.max().getDouble() <= LARGEST_PLAUSIBLE && pictures.min().getDouble() >= -LARGEST_PLAUSIBLE)) {
            throw UnmeasurableException.notInUnitRange();
        }
        return values(cropped(pictures));
    }

    /** All but the crop, which can be done with any part of a picture. */
    public NDArray values(NDArray pictures) {
        return converted(quantized(pictures.clip(0, 1)));
    }

    private NDArray quantized(NDArray pictures) {
        return quantize == Quantize.NONE ? pictures : Arithmetic.over(Arithmetic.times(pictures, 255).round(), 255);
    }

    private NDArray cropped(NDArray pictures) {
        Shape left = cropped(pictures.getShape());
        return crop == 0 ? pictures : pictures.get(new NDIndex()
                .addAllDim(2)
                .addSliceDim(crop, crop + left.get(2))
                .addSliceDim(crop, crop + left.get(3)));
    }

    /**
     * What the crop leaves of a picture.
     *
     * @throws UnmeasurableException if that is nothing
     */
    public Shape cropped(Shape pictures) {
        if (2L * crop >= Math.min(pictures.get(2), pictures.get(3))) {
            throw UnmeasurableException.cropTooLarge(pictures, crop);
        }
        return new Shape(pictures.get(0), pictures.get(1), pictures.get(2) - 2L * crop, pictures.get(3) - 2L * crop);
    }

    /** BT.601 studio luma over 255: black is 16/255 and white 235/255, unrounded. */
    private NDArray converted(NDArray pictures) {
        if (color == Color.RGB) {
            return pictures;
        }
        if (pictures.getShape().get(1) != 3) {
            throw UnmeasurableException.notRgb(pictures.getShape());
        }
        NDArray weights = pictures.getManager().create(new double[] {65.481, 128.553, 24.966}, new Shape(1, 3, 1, 1));
        return Arithmetic.over(pictures.mul(weights).sum(new int[] {1}, true).add(16), 255);
    }
}
