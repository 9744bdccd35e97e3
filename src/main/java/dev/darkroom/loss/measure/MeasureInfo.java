package dev.darkroom.loss.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * What a reader must know to use a measure's values.
 *
 * @param name the public name, as in {@code metrics=psnr,ssim}
 * @param unit {@code "dB"}, or empty for a plain number
 * @param better the direction of improvement
 * @param lowest the lowest value pictures in [0,1] can reach
 * @param highest the highest one; infinite where there is no bound
 * @param smallestSide the shortest side it can work on, in pixels
 * @param source where the formula is from
 */
public record MeasureInfo(
        String name, String unit, Better better, double lowest, double highest, int smallestSide, String source) {

    /** The direction in which a value improves. */
    public enum Better { LOWER, HIGHER }

    /** A distance, from 0 upwards. */
    public static MeasureInfo distance(String name, int smallestSide, String source) {
        return new MeasureInfo(name, "", Better.LOWER, 0, Double.POSITIVE_INFINITY, smallestSide, source);
    }

    /** Holds for every measure; without it a channel or a batch of one would be broadcast silently. */
    public void requireFit(NDArray restored, NDArray reference) {
        Shape shape = restored.getShape();
        if (shape.dimension() != 4 || !shape.equals(reference.getShape())) {
            throw UnmeasurableException.unequal(shape, reference.getShape());
        }
        if (Math.min(shape.get(2), shape.get(3)) < smallestSide) {
            throw UnmeasurableException.tooSmall(shape, smallestSide);
        }
    }
}
