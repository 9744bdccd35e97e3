package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.Map;

/** One step of a network, (N,C,H,W) to (N,C',H',W'). */
sealed interface Layer {

    /** What the output is called. */
    String name();

    /** Of the square of inputs that an output sees. */
    default int side() {
        return 1;
    }

    default int stride() {
        return 1;
    }

    /** By how much an output sees further up and left than its own place. */
    default int padding() {
        return 0;
    }

    /** @param weights by name, where the features are and in their precision */
    NDArray apply(NDArray features, Map<String, NDArray> weights);

    /** A convolution with the weights {@code KEY.weight} and {@code KEY.bias}; zeros pad the border. */
    record Convolution(String name, String key, int side, int stride, int padding) implements Layer {
        @Override
        public NDArray apply(NDArray features, Map<String, NDArray> weights) {
            return convolution(features, key, stride, padding, weights);
        }
    }

    record Relu(String name) implements Layer {
        @Override
        public NDArray apply(NDArray features, Map<String, NDArray> weights) {
            return Activation.relu(features);
        }
    }

    record LeakyRelu(String name, float slope) implements Layer {
        @Override
        public NDArray apply(NDArray features, Map<String, NDArray> weights) {
            return Activation.leakyRelu(features, slope);
        }
    }

    /** @param partial whether windows that reach beyond the border count too */
    record MaxPool(String name, int side, int stride, boolean partial) implements Layer {
        @Override
        public NDArray apply(NDArray features, Map<String, NDArray> weights) {
            return Pool.maxPool2d(features, square(side), square(stride), square(0), partial);
        }
    }

    /** DISTS's pooling: the root of the Hanning-weighted mean of squares over 3x3, at every other position. */
    record L2Pool(String name) implements Layer {
        private static final float[] HANNING = {
            0.0625f, 0.125f, 0.0625f, 0.125f, 0.25f, 0.125f, 0.0625f, 0.125f, 0.0625f
        };
        // Keeps the root's slope finite where nothing is active.
        private static final double FLOOR = 1e-12;

        @Override
        public int side() {
            return 3;
        }

        @Override
        public int stride() {
            return 2;
        }

        @Override
        public int padding() {
            return 1;
        }

        @Override
        public NDArray apply(NDArray features, Map<String, NDArray> weights) {
            int channels = (int) features.getShape().get(1);
            try (NDArray square = features.square();
                    NDArray window = features.getManager().create(HANNING, new Shape(1, 1, 3, 3));
                    NDArray typed = window.toType(features.getDataType(), false);
                    NDArray perChannel = typed.tile(new long[] {channels, 1, 1, 1});
                    NDArray means = Conv2d.conv2d(square, perChannel, null, square(2), square(1), square(1), channels)
                            .singletonOrThrow();
                    NDArray positive = means.add(FLOOR)) {
                return positive.sqrt();
            }
        }
    }

    /** SqueezeNet's module: a 1x1 convolution to few channels, then a 1x1 and a 3x3 one, their channels side by side. */
    record Fire(String name, String key) implements Layer {
        @Override
        public int side() {
            return 3;
        }

        @Override
        public int padding() {
            return 1;
        }

        @Override
        public NDArray apply(NDArray features, Map<String, NDArray> weights) {
            try (NDArray squeezed = activated(features, key + ".squeeze", 0, weights);
                    NDArray narrow = activated(squeezed, key + ".expand1x1", 0, weights);
                    NDArray wide = activated(squeezed, key + ".expand3x3", 1, weights)) {
                return narrow.concat(wide, 1);
            }
        }

        private static NDArray activated(NDArray features, String key, int padding, Map<String, NDArray> weights) {
            try (NDArray linear = convolution(features, key, 1, padding, weights)) {
                return Activation.relu(linear);
            }
        }
    }

    private static NDArray convolution(
            NDArray features, String key, int stride, int padding, Map<String, NDArray> weights) {
        return Conv2d.conv2d(features, weights.get(key + ".weight"), weights.get(key + ".bias"), square(stride), square(padding))
                .singletonOrThrow();
    }

    private static Shape square(int side) {
        return new Shape(side, side);
    }
}
