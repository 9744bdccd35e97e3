package dev.darkroom.loss;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Feature arrays, and what tests do with them. */
public final class TestFeatures {

    private TestFeatures() {}

    /** One row of numbers for each channel, shape (1,C,1,n) in float64. */
    public static NDArray channels(NDManager manager, double[]... channels) {
        double[] values = Arrays.stream(channels).flatMapToDouble(Arrays::stream).toArray();
        return manager.create(values, new Shape(1, channels.length, 1, channels[0].length));
    }

    /** One row of numbers for each feature vector, shape (1,C,height,n/height) in float64. */
    public static NDArray vectors(NDManager manager, int height, double[]... vectors) {
        double[] values = Arrays.stream(vectors).flatMapToDouble(Arrays::stream).toArray();
        int channels = vectors[0].length;
        return manager.create(values, new Shape(1, vectors.length, channels))
                .swapAxes(1, 2)
                .reshape(1, channels, height, vectors.length / height);
    }

    /** Normally distributed features of any shape in float64. */
    public static NDArray random(NDManager manager, long seed, long... shape) {
        Shape of = new Shape(shape);
        var random = new SplittableRandom(seed);
        return manager.create(DoubleStream.generate(random::nextGaussian).limit(of.size()).toArray(), of);
    }

    /** The same feature vectors in another order. */
    public static NDArray shuffledPositions(NDArray features, long seed) {
        NDArray flat = features.flatten(2, -1);
        int[] order = order((int) flat.getShape().get(2), seed);
        return flat.get(":, :, {}", features.getManager().create(order))
                .reshape(features.getShape());
    }

    /** The values of every channel, each channel in an order of its own. */
    public static NDArray shuffledWithinChannels(NDArray features, long seed) {
        var channels = new NDList();
        for (int c = 0; c < features.getShape().get(1); c++) {
            channels.add(shuffledPositions(features.get(new NDIndex().addAllDim().addSliceDim(c, c + 1)), seed + c));
        }
        return NDArrays.concat(channels, 1);
    }

    /** The derivative of a scalar. */
    public static double[] gradient(NDArray at, UnaryOperator<NDArray> scalar) {
        at.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(scalar.apply(at));
        }
        double[] gradient = at.getGradient().toType(DataType.FLOAT64, false).toDoubleArray();
        JniUtils.zeroGrad((PtNDArray) at);
        at.setRequiresGradient(false);
        return gradient;
    }

    /** Two convolutions with fixed random weights in place of a published network; (N,3,H,W) to (N,6,H/2-1,W/2-1). */
    static Function<NDArray, NDArray> network(NDManager manager) {
        NDArray first = random(manager, 71, 8, 3, 3, 3).mul(0.4);
        NDArray second = random(manager, 72, 6, 8, 3, 3).mul(0.3);
        NDArray bias = random(manager, 73, 8).mul(0.3);
        NDArray noBias = manager.zeros(new Shape(6), DataType.FLOAT64);
        return pictures -> {
            NDArray hidden = conv(pictures, first, bias, 1);
            NDArray smooth = hidden.mul(hidden.tanh());
            return conv(smooth, second, noBias, 2);
        };
    }

    private static NDArray conv(NDArray input, NDArray weight, NDArray bias, int stride) {
        return Conv2d.conv2d(input, weight, bias, new Shape(stride, stride), new Shape(0, 0), new Shape(1, 1))
                .singletonOrThrow();
    }

    private static int[] order(int length, long seed) {
        List<Integer> order = IntStream.range(0, length).boxed().collect(Collectors.toList());
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }
}
