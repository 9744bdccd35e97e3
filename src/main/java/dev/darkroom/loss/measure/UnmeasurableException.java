package dev.darkroom.loss.measure;

import ai.djl.ndarray.types.Shape;

/** The pictures cannot be compared in the way that was asked; the message says why and may be shown to a client. */
public final class UnmeasurableException extends RuntimeException {

    private UnmeasurableException(String message) {
        super(message);
    }

    static UnmeasurableException unequal(Shape restored, Shape reference) {
        return new UnmeasurableException("needs two pictures of the same size and channels, got %s and %s"
                .formatted(describe(restored), describe(reference)));
    }

    static UnmeasurableException tooSmall(Shape shape, int smallestSide) {
        return new UnmeasurableException(
                "needs at least %1$dx%1$d pixels, got %2$s".formatted(smallestSide, describe(shape)));
    }

    static UnmeasurableException cropTooLarge(Shape shape, int crop) {
        return new UnmeasurableException(
                "a crop of %d pixels on each side leaves nothing of %s".formatted(crop, describe(shape)));
    }

    static UnmeasurableException notRgb(Shape shape) {
        return new UnmeasurableException("luma needs three channels, got " + describe(shape));
    }

    public static UnmeasurableException tooFewSamples(long samples, int least) {
        return new UnmeasurableException("needs at least %d samples to compare, got %d".formatted(least, samples));
    }

    public static UnmeasurableException needsColor(Shape shape) {
        return new UnmeasurableException("needs the three channels of RGB, got " + describe(shape));
    }

    static UnmeasurableException notInUnitRange() {
        return new UnmeasurableException("needs finite pixel values on the scale 0 to 1");
    }

    private static String describe(Shape shape) {
        return shape.dimension() == 4
                ? "%dx%d with %d channels".formatted(shape.get(3), shape.get(2), shape.get(1))
                : "an array of %d dimensions".formatted(shape.dimension());
    }
}
