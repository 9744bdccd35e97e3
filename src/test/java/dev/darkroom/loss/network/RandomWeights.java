package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Seeded weights for narrow versions of the published networks, so that their measures can be tested without files. */
public final class RandomWeights {

    private static final int[] VGG16_POSITIONS = {0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28};
    private static final int[] VGG16_CHANNELS = {8, 8, 12, 12, 16, 16, 16, 20, 20, 20, 20, 20, 20};
    private static final int[] FIRE_POSITIONS = {3, 4, 6, 7, 9, 10, 11, 12};
    private static final int[] FIRE_CHANNELS = {8, 8, 12, 12, 16, 16, 20, 20};

    private final NDManager manager = NDManager.newBaseManager();
    private final Random random;
    private final Map<String, NDArray> arrays = new HashMap<>();

    private RandomWeights(String name) {
        this.random = new Random(name.hashCode());
    }

    public static FeatureNetworks networks() {
        return new FeatureNetworks(name -> true, RandomWeights::load, false);
    }

    /** The same, as trainings run on them. */
    public static FeatureNetworks networksInBfloat16() {
        return new FeatureNetworks(name -> true, RandomWeights::load, true);
    }

    static FeatureWeights load(String name) {
        return new RandomWeights(name).weights(name);
    }

    private FeatureWeights weights(String name) {
        switch (name) {
            case "vgg16" -> vgg16();
            case "alexnet" -> alexNet();
            case "squeezenet1_1" -> squeezeNet();
            case "lpips-vgg" -> linear(8, 12, 16, 20, 20);
            case "lpips-alex" -> linear(8, 12, 16, 12, 12);
            case "lpips-squeeze" -> linear(8, 8, 12, 16, 16, 20, 20);
            case "dists" -> {
                positive("alpha", 1, 3 + 8 + 12 + 16 + 20 + 20, 1, 1);
                positive("beta", 1, 3 + 8 + 12 + 16 + 20 + 20, 1, 1);
            }
            default -> discriminators();
        }
        return new FeatureWeights("0".repeat(64), manager, BatchNormalization.folded(arrays));
    }

    private void vgg16() {
        int inputs = 3;
        for (int i = 0; i < VGG16_POSITIONS.length; i++) {
            convolution("features." + VGG16_POSITIONS[i], VGG16_CHANNELS[i], inputs, 3);
            inputs = VGG16_CHANNELS[i];
        }
    }

    private void alexNet() {
        convolution("features.0", 8, 3, 11);
        convolution("features.3", 12, 8, 5);
        convolution("features.6", 16, 12, 3);
        convolution("features.8", 12, 16, 3);
        convolution("features.10", 12, 12, 3);
    }

    private void squeezeNet() {
        convolution("features.0", 8, 3, 3);
        int inputs = 8;
        for (int i = 0; i < FIRE_POSITIONS.length; i++) {
            String key = "features." + FIRE_POSITIONS[i];
            convolution(key + ".squeeze", 4, inputs, 1);
            convolution(key + ".expand1x1", FIRE_CHANNELS[i] / 2, 4, 1);
            convolution(key + ".expand3x3", FIRE_CHANNELS[i] / 2, 4, 3);
            inputs = FIRE_CHANNELS[i];
        }
    }

    private void discriminators() {
        for (int k = 0; k < 8; k++) {
            convolution(k + ".head.conv", 6, 3, 3);
            normalization(k + ".head.norm", 6);
            for (int block = 1; block <= 3; block++) {
                convolution(k + ".body.block" + block + ".conv", 6, 6, 3);
                normalization(k + ".body.block" + block + ".norm", 6);
            }
            convolution(k + ".tail", 1, 6, 3);
        }
    }

    private void linear(int... channels) {
        for (int i = 0; i < channels.length; i++) {
            positive("lin" + i + ".weight", 1, channels[i], 1, 1);
        }
    }

    private void convolution(String key, int outputs, int inputs, int side) {
        gaussian(key + ".weight", 0, Math.sqrt(2.0 / (inputs * side * side)), outputs, inputs, side, side);
        gaussian(key + ".bias", 0, 0.1, outputs);
    }

    private void normalization(String key, int channels) {
        positive(key + ".weight", channels);
        gaussian(key + ".bias", 0, 0.1, channels);
        gaussian(key + ".running_mean", 0, 0.1, channels);
        positive(key + ".running_var", channels);
    }

    private void positive(String key, long... shape) {
        gaussian(key, 1, 0.1, shape);
    }

    private void gaussian(String key, double mean, double deviation, long... shape) {
        var values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        arrays.put(key, manager.create(values, new Shape(shape)));
    }
}
