package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.Map;

/** Normalisation with the statistics of training, which a frozen network can have within its convolutions. */
final class BatchNormalization {

    // PyTorch's default, which the published discriminators have.
    private static final double FLOOR = 1e-5;
    private static final String CONVOLUTION = ".conv.weight";

    private BatchNormalization() {}

    /** The weights with every {@code X.norm} made part of its {@code X.conv}, which it follows. */
    static Map<String, NDArray> folded(Map<String, NDArray> weights) {
        var folded = new HashMap<>(weights);
        for (String name : weights.keySet()) {
            String block = name.endsWith(CONVOLUTION) ? name.substring(0, name.length() - CONVOLUTION.length()) : "";
            if (weights.containsKey(block + ".norm.weight")) {
                fold(block, weights, folded);
            }
        }
        return folded;
    }

    private static void fold(String block, Map<String, NDArray> weights, Map<String, NDArray> folded) {
        NDArray deviation = precise(weights, block + ".norm.running_var").add(FLOOR).sqrt();
        NDArray scale = precise(weights, block + ".norm.weight").div(deviation);
        NDArray filters = precise(weights, block + ".conv.weight").mul(scale.reshape(-1, 1, 1, 1));
        NDArray bias = precise(weights, block + ".conv.bias").sub(precise(weights, block + ".norm.running_mean"))
                .mul(scale).add(precise(weights, block + ".norm.bias"));
        folded.put(block + ".conv.weight", filters.toType(DataType.FLOAT32, false));
        folded.put(block + ".conv.bias", bias.toType(DataType.FLOAT32, false));
    }

    private static NDArray precise(Map<String, NDArray> weights, String name) {
        return weights.get(name).toType(DataType.FLOAT64, false);
    }
}
