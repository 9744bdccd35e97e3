package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;

/** Weights that are all zero but for those a test sets, in the shapes a network asks for. */
final class HandMade implements WeightSource {
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, float[]> values = new HashMap<>();

    HandMade layer(String name, int outputs, int inputs, int side) {
        return bare(name + ".weight", outputs, inputs, side, side).bare(name + ".bias", outputs);
    }

    HandMade bare(String name, long... shape) {
        shapes.put(name, new Shape(shape));
        values.put(name, new float[(int) new Shape(shape).size()]);
        return this;
    }

    /** The kernel's centre from an input to an output. */
    HandMade passes(String layer, int output, int input, float factor) {
        Shape shape = shapes.get(layer + ".weight");
        return tap(layer, output, input, (int) (shape.get(2) * shape.get(3)) / 2, factor);
    }

    /** One value of a kernel, in reading order. */
    HandMade tap(String layer, int output, int input, int place, float factor) {
        Shape shape = shapes.get(layer + ".weight");
        values.get(layer + ".weight")[(int) ((output * shape.get(1) + input) * shape.get(2) * shape.get(3)) + place] = factor;
        return this;
    }

    HandMade bias(String layer, float... bias) {
        System.arraycopy(bias, 0, values.get(layer + ".bias"), 0, bias.length);
        return this;
    }

    @Override
    public NDArray get(NDManager manager, String name) {
        return shapes.containsKey(name) ? manager.create(values.get(name), shapes.get(name)) : null;
    }
}
