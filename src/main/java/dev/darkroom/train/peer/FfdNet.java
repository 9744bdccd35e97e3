package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * FFDNet for colour pictures (Zhang, Zuo, Zhang: FFDNet, 2018): twelve 3x3 convolutions on a picture folded 2x2 into
 * channels, beside a map of the noise level; the output is the picture itself, not a residual.
 */
public final class FfdNet implements AutoCloseable {

    private static final int CONVOLUTIONS = 12;
    private static final int FEATURES = 96;
    private static final int FOLDED_CHANNELS = 12;
    private static final Shape STRIDE = new Shape(1, 1);
    private static final Shape PADDING = new Shape(1, 1);

    private final NDManager manager;
    private final List<Convolution> convolutions = new ArrayList<>();

    private record Convolution(NDArray weight, NDArray bias) {}

    /**
     * Takes the weights under the names of the public state dictionary, {@code model.0.weight} to
     * {@code model.22.bias}.
     *
     * @param parent closes the network, unless that is done before
     * @param weights gives the array of a name, created in the given manager; null for none
     * @throws UnfitWeightsException if one is missing or has another shape
     */
    public FfdNet(NDManager parent, BiFunction<NDManager, String, NDArray> weights) {
        manager = parent.newSubManager();
        for (int i = 0; i < CONVOLUTIONS; i++) {
            int inputs = i == 0 ? FOLDED_CHANNELS + 1 : FEATURES;
            int outputs = i == CONVOLUTIONS - 1 ? FOLDED_CHANNELS : FEATURES;
            // Odd places of the published sequence are the activations.
            String layer = "model." + 2 * i;
            convolutions.add(new Convolution(
                    weight(weights, layer + ".weight", new Shape(outputs, inputs, 3, 3)),
                    weight(weights, layer + ".bias", new Shape(outputs))));
        }
    }

    private NDArray weight(BiFunction<NDManager, String, NDArray> weights, String name, Shape shape) {
        NDArray weight = weights.apply(manager, name);
        if (weight == null || !weight.getShape().equals(shape)) {
            throw new UnfitWeightsException(
                    "these are not FFDNet's weights for colour: %s of shape %s is missing".formatted(name, shape));
        }
        return weight;
    }

    /**
     * Removes noise of a known strength.
     *
     * @param noisy shape (N,3,H,W), RGB on the 0..1 scale, clipped or not
     * @param sigma255 the noise's standard deviation on the 0..255 scale
     * @param owner the manager of the result
     * @return shape (N,3,H,W), not clipped
     */
    public NDArray restore(NDArray noisy, float sigma255, NDManager owner) {
        Shape shape = noisy.getShape();
        try (NDManager scope = manager.newSubManager()) {
            NDArray picture = noisy.duplicate();
            picture.attach(scope);
            NDArray folded = fold(padToEven(picture));
            Shape small = folded.getShape();
            NDArray noiseMap = scope.full(new Shape(small.get(0), 1, small.get(2), small.get(3)), sigma255 / 255);
            NDArray restored = unfold(convolved(folded.concat(noiseMap, 1)));
            NDArray cropped = restored.get(
                    new NDIndex().addAllDim(2).addSliceDim(0, shape.get(2)).addSliceDim(0, shape.get(3)));
            cropped.attach(owner);
            return cropped;
        }
    }

    private NDArray convolved(NDArray input) {
        NDArray features = input;
        for (int i = 0; i < CONVOLUTIONS; i++) {
            Convolution layer = convolutions.get(i);
            // Each layer's input goes as soon as it is used: twelve of them would not fit beside a large picture.
            try (NDArray previous = features) {
                features = Conv2d.conv2d(previous, layer.weight(), layer.bias(), STRIDE, PADDING).singletonOrThrow();
            }
            if (i < CONVOLUTIONS - 1) {
                try (NDArray linear = features) {
                    features = Activation.relu(linear);
                }
            }
        }
        return features;
    }

    private static NDArray padToEven(NDArray picture) {
        NDArray padded = picture;
        for (int axis = 2; axis <= 3; axis++) {
            long length = picture.getShape().get(axis);
            if (length % 2 == 1) {
                NDIndex last = new NDIndex().addAllDim(axis).addSliceDim(length - 1, length).addEllipseDim();
                padded = padded.concat(padded.get(last), axis);
            }
        }
        return padded;
    }

    /** (N,C,H,W) to (N,4C,H/2,W/2); pixel (dy,dx) of colour c becomes channel 4c + 2dy + dx. */
    private static NDArray fold(NDArray picture) {
        Shape shape = picture.getShape();
        long rows = shape.get(2) / 2;
        long columns = shape.get(3) / 2;
        return picture.reshape(shape.get(0), shape.get(1), rows, 2, columns, 2)
                .transpose(0, 1, 3, 5, 2, 4)
                .reshape(shape.get(0), 4 * shape.get(1), rows, columns);
    }

    /** The inverse of {@link #fold}. */
    private static NDArray unfold(NDArray channels) {
        Shape shape = channels.getShape();
        long colors = shape.get(1) / 4;
        return channels.reshape(shape.get(0), colors, 2, 2, shape.get(2), shape.get(3))
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(shape.get(0), colors, 2 * shape.get(2), 2 * shape.get(3));
    }

    @Override
    public void close() {
        manager.close();
    }
}
