package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The weights of one network, checked by name and shape, and kept until it is closed. */
final class Weights implements AutoCloseable {

    private final String network;
    private final NDManager manager;
    private final WeightSource source;

    /**
     * Prepares to take weights.
     *
     * @param network its name for {@link UnfitWeightsException}
     * @param parent closes the weights, unless that is done before
     */
    Weights(String network, NDManager parent, WeightSource source) {
        this.network = network;
        this.manager = parent.newSubManager();
        this.source = source;
    }

    /** A convolution with an odd kernel that keeps height and width. */
    Convolution convolution(String layer, int inputs, int outputs, int side) {
        return convolution(layer, inputs, outputs, side, 1);
    }

    /** The same, where each group of inputs knows only its own outputs. */
    Convolution convolution(String layer, int inputs, int outputs, int side, int groups) {
        return new Convolution(
                array(layer + ".weight", outputs, inputs / groups, side, side),
                array(layer + ".bias", outputs),
                1,
                side / 2,
                groups);
    }

    /** @throws UnfitWeightsException if there is no array of this name, or one of another shape */
    NDArray array(String name, long... dimensions) {
        Shape shape = new Shape(dimensions);
        NDArray array = source.get(manager, name);
        if (array == null || !array.getShape().equals(shape)) {
            manager.close();
            throw new UnfitWeightsException(
                    "these are not the weights of %s: %s of shape %s is missing".formatted(network, name, shape));
        }
        return array;
    }

    @Override
    public void close() {
        manager.close();
    }
}
