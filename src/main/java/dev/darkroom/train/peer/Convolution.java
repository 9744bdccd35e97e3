package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;

/**
 * A convolution with zeros beyond the border.
 *
 * @param weight shape (outputs, inputs / groups, k, k)
 * @param bias shape (outputs)
 */
record Convolution(NDArray weight, NDArray bias, int stride, int padding, int groups) {

    private static final Shape DILATION = new Shape(1, 1);

    /** Only where the kernel fits in; the result is smaller. */
    Convolution unpadded() {
        return new Convolution(weight, bias, stride, 0, groups);
    }

    Convolution withStride(int pixels) {
        return new Convolution(weight, bias, pixels, padding, groups);
    }

    /** (N,C,H,W) to (N,outputs,H',W'). */
    NDArray linear(NDArray input) {
        Shape steps = new Shape(stride, stride);
        Shape border = new Shape(padding, padding);
        return Conv2d.conv2d(input, weight, bias, steps, border, DILATION, groups).singletonOrThrow();
    }

    /** The same, and negative results become 0. */
    NDArray rectified(NDArray input) {
        try (NDArray linear = linear(input)) {
            return Activation.relu(linear);
        }
    }

    /** One rectified layer after the other; the input is closed. */
    static NDArray rectified(List<Convolution> layers, NDArray input) {
        NDArray features = input;
        for (Convolution layer : layers) {
            // Each layer's input goes as soon as it is used: all of them would not fit beside a large picture.
            try (NDArray previous = features) {
                features = layer.rectified(previous);
            }
        }
        return features;
    }
}
