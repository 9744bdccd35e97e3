package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A published network whose hidden layers describe pictures; it is frozen, and differentiable in the pictures.
 *
 * <p>It runs on the device and in the precision of its input, float32 or float64. Safe to share between threads.
 */
public interface FeatureNetwork {

    /** What the network is called, such as {@code vgg16}. */
    String name();

    /** The SHA-256 of the weights' file, as 64 hexadecimal digits. */
    String weightsSha256();

    /**
     * What the layers make of pictures.
     *
     * <p>Networks trained on ImageNet subtract (0.485, 0.456, 0.406) and divide by (0.229, 0.224, 0.225) first, which is
     * also what LPIPS does to pictures in [-1,1]; the discriminators of MDF take the pictures as they are. Either way the
     * caller hands in plain RGB.
     *
     * @param rgb01 pictures in [0,1], shape (N,3,H,W)
     * @param layers names such as {@code relu4_3}, in any order
     * @return for each layer an array of shape (N,C,H',W'), in the manager of the pictures
     * @throws IllegalArgumentException if the network has no layer of such a name
     */
    List<NDArray> features(NDArray rgb01, String... layers);

    /**
     * By how many pixels the windows of neighbouring features of a layer are apart.
     *
     * @throws IllegalArgumentException if the network has no such layer
     */
    int stride(String layer);

    /**
     * How far features of these layers see beyond their own place in the picture.
     *
     * @throws IllegalArgumentException if the network has no layer of such a name
     */
    Reach reach(String... layers);

    /** Pixels that a feature sees before (above, left of) and behind its own. */
    record Reach(int before, int behind) {}
}
