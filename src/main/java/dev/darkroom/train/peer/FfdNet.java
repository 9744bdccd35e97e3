package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * FFDNet for colour pictures (Zhang, Zuo, Zhang: FFDNet, 2018): twelve 3x3 convolutions on a picture folded 2x2 into
 * channels, beside a map of the noise level; the output is the picture itself, not a residual.
 */
public final class FfdNet implements AutoCloseable {

    private static final int HIDDEN = 11;
    private static final int FEATURES = 96;
    private static final int FOLDED_CHANNELS = 12;

    private final Weights weights;
    private final List<Convolution> hidden;
    private final Convolution last;

    /**
     * Takes the weights under the names of the public state dictionary, {@code model.0.weight} to
     * {@code model.22.bias}.
     *
     * @param parent closes the network, unless that is done before
     * @throws UnfitWeightsException if one is missing or has another shape
     */
    public FfdNet(NDManager parent, WeightSource source) {
        weights = new Weights("FFDNet for colour", parent, source);
        // Odd places of the published sequence are the activations.
        hidden = IntStream.range(0, HIDDEN)
                .mapToObj(i -> weights.convolution("model." + 2 * i, i == 0 ? FOLDED_CHANNELS + 1 : FEATURES, FEATURES, 3))
                .toList();
        last = weights.convolution("model." + 2 * HIDDEN, FEATURES, FOLDED_CHANNELS, 3);
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
        return Scope.run(noisy, owner, picture -> denoised(picture, sigma255));
    }

    private NDArray denoised(NDArray picture, float sigma255) {
        Shape shape = picture.getShape();
        NDArray folded = PixelShuffle.fold(padToEven(picture));
        Shape small = folded.getShape();
        NDArray noiseMap = picture.getManager()
                .full(new Shape(small.get(0), 1, small.get(2), small.get(3)), sigma255 / 255);
        NDArray features = Convolution.rectified(hidden, folded.concat(noiseMap, 1));
        return Border.crop(PixelShuffle.unfold(last.linear(features)), 0, 0, shape.get(2), shape.get(3));
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

    @Override
    public void close() {
        weights.close();
    }
}
