package dev.darkroom.loss;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** VGG16 on the weights that may lie beside the project, as far as the values computed elsewhere need it. */
final class PublishedVgg16 {

    private static final Path WEIGHTS = Path.of("../shared/data/weights/vgg16_features.npz");

    /** The layers by their places in torchvision's list: convolutions with their names, and pools. */
    private static final String[] LAYERS = {
        "relu1_1", "", "relu1_2", "", "pool", "relu2_1", "", "relu2_2", "", "pool",
        "relu3_1", "", "relu3_2", "", "relu3_3", "", "pool", "relu4_1", "", "relu4_2", "", "relu4_3", "", "pool",
        "relu5_1", "", "relu5_2", "", "relu5_3",
    };

    private final Map<String, NDArray> weights = new HashMap<>();

    /** Skips the test where the weights are not at hand. */
    PublishedVgg16(NDManager manager) {
        assumeTrue(Files.exists(WEIGHTS), "the weights of VGG16 are not here");
        try (InputStream archive = Files.newInputStream(WEIGHTS)) {
            for (NDArray array : NDList.decode(manager, archive)) {
                weights.put(array.getName(), array);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The activations of the layers, in their order, of pictures in [0,1] of shape (N,3,H,W), in float32. */
    List<NDArray> features(NDArray pictures, String... layers) {
        var features = new ArrayList<NDArray>();
        try (NDManager scope = pictures.getManager().newSubManager()) {
            NDArray current = normalized(pictures, scope);
            for (int i = 0; features.size() < layers.length; i++) {
                if (LAYERS[i].equals("pool")) {
                    current = Pool.maxPool2d(current, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
                } else if (!LAYERS[i].isEmpty()) {
                    current = Activation.relu(convolved(current, i));
                }
                if (LAYERS[i].equals(layers[features.size()])) {
                    features.add(current);
                }
            }
            features.forEach(feature -> feature.attach(pictures.getManager()));
        }
        return features;
    }

    private static NDArray normalized(NDArray pictures, NDManager scope) {
        NDArray mean = scope.create(new float[] {0.485f, 0.456f, 0.406f}, new Shape(1, 3, 1, 1));
        NDArray deviation = scope.create(new float[] {0.229f, 0.224f, 0.225f}, new Shape(1, 3, 1, 1));
        NDArray centred = pictures.sub(mean);
        centred.attach(scope);
        return centred.div(deviation);
    }

    private NDArray convolved(NDArray input, int index) {
        NDArray weight = weights.get("features." + index + ".weight");
        NDArray bias = weights.get("features." + index + ".bias");
        Shape one = new Shape(1, 1);
        return Conv2d.conv2d(input, weight, bias, one, one, one).singletonOrThrow();
    }
}
