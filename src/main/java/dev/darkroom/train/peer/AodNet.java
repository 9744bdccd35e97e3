package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;

/**
 * AOD-Net for dehazing (Li, Peng, Wang, Xu, Feng: AOD-Net: All-in-One Dehazing Network, 2017): five convolutions estimate
 * K, which joins transmission and atmospheric light, and the clear picture is J = K I - K + b (equation 4) with b = 1.
 */
public final class AodNet implements AutoCloseable {

    private static final int B = 1;

    private final Weights weights;
    private final Convolution first;
    private final Convolution second;
    private final Convolution third;
    private final Convolution fourth;
    private final Convolution fifth;

    /**
     * Takes the weights under the names of the public state dictionary, {@code e_conv1.weight} to {@code e_conv5.bias}.
     *
     * @param parent closes the network, unless that is done before
     * @throws UnfitWeightsException if one is missing or has another shape
     */
    public AodNet(NDManager parent, WeightSource source) {
        weights = new Weights("AOD-Net", parent, source);
        first = weights.convolution("e_conv1", 3, 3, 1);
        second = weights.convolution("e_conv2", 3, 3, 3);
        third = weights.convolution("e_conv3", 6, 3, 5);
        fourth = weights.convolution("e_conv4", 6, 3, 7);
        fifth = weights.convolution("e_conv5", 12, 3, 3);
    }

    /**
     * Removes haze.
     *
     * @param hazy shape (N,3,H,W), RGB on the 0..1 scale
     * @return shape (N,3,H,W), in 0..1, in the input's manager
     */
    public NDArray restore(NDArray hazy) {
        return Scope.run(hazy, hazy.getManager(), this::dehazed);
    }

    private NDArray dehazed(NDArray hazy) {
        NDArray k = k(hazy);
        // K is never negative, so that the result cannot exceed 1 where the input does not.
        return Activation.relu(k.mul(hazy).sub(k).add(B));
    }

    private NDArray k(NDArray hazy) {
        NDArray one = first.rectified(hazy);
        NDArray two = second.rectified(one);
        NDArray three = third.rectified(one.concat(two, 1));
        NDArray four = fourth.rectified(two.concat(three, 1));
        return fifth.rectified(NDArrays.concat(new NDList(one, two, three, four), 1));
    }

    @Override
    public void close() {
        weights.close();
    }
}
