package dev.darkroom.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.Adam;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Five convolutions of 3 x 3, all but the last followed by batch normalisation and a leaky ReLU: the generators and
 * discriminators of SinGAN (Shaham et al. 2019), which MDF trains. Weights have the names of MDF's files.
 */
public final class ConvolutionStack {
    private static final List<String> BLOCKS = List.of("head", "body.block1", "body.block2", "body.block3");
    private static final String TAIL = "tail";
    private static final double SPREAD = 0.02; // of first weights, as DCGAN has it (Radford et al. 2016)
    private static final float SLOPE = 0.2f;
    private static final float MOMENTUM = 0.9f;
    private static final float EPSILON = 1e-5f;

    private final Map<String, NDArray> trained = new LinkedHashMap<>();
    private final Map<String, NDArray> statistics = new HashMap<>();
    private final Shape padding;
    private final Adam adam;

    /**
     * @param width   hidden channels
     * @param outputs 3 for a picture, 1 for a verdict on each place
     * @param padding 1 keeps the size, 0 takes away 5 pixels on each side
     */
    public ConvolutionStack(NDManager owner, int width, int outputs, int padding, Adam adam, RandomGenerator random) {
        this.padding = new Shape(padding, padding);
        this.adam = adam;
        int inputs = 3;
        for (String block : BLOCKS) {
            convolution(owner, block + ".conv", inputs, width, random);
            add(owner, block + ".norm.weight", 1, new Shape(width), random);
            add(owner, block + ".norm.bias", Double.NaN, new Shape(width), random);
            statistics.put(block + ".norm.running_mean", owner.zeros(new Shape(width)));
            statistics.put(block + ".norm.running_var", owner.ones(new Shape(width)));
            inputs = width;
        }
        convolution(owner, TAIL, inputs, outputs, random);
    }

    private void convolution(NDManager owner, String name, int inputs, int outputs, RandomGenerator random) {
        add(owner, name + ".weight", 0, new Shape(outputs, inputs, 3, 3), random);
        add(owner, name + ".bias", Double.NaN, new Shape(outputs), random);
    }

    /** @param mean NaN for zeros that are not drawn */
    private void add(NDManager owner, String name, double mean, Shape shape, RandomGenerator random) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.isNaN(mean) ? 0 : (float) (mean + SPREAD * random.nextGaussian());
        }
        NDArray weight = owner.create(values, shape);
        weight.setRequiresGradient(true);
        trained.put(name, weight);
    }

    /** (1,3,H,W) to (1,outputs,H,W), or 10 less in H and W; normalised by the picture's own statistics. */
    public NDArray apply(NDArray picture) {
        NDArray features = picture;
        for (String block : BLOCKS) {
            NDList normalized = BatchNorm.batchNorm(convolved(features, block + ".conv"),
                    statistics.get(block + ".norm.running_mean"), statistics.get(block + ".norm.running_var"),
                    trained.get(block + ".norm.weight"), trained.get(block + ".norm.bias"), 1, MOMENTUM, EPSILON, true);
            features = Activation.leakyRelu(normalized.get(0), SLOPE);
        }
        return convolved(features, TAIL);
    }

    private NDArray convolved(NDArray features, String name) {
        return Conv2d.conv2d(features, trained.get(name + ".weight"), trained.get(name + ".bias"), new Shape(1, 1), padding).singletonOrThrow();
    }

    /** Follows the gradient that the last backward pass left. */
    public void learn() {
        trained.forEach((name, weight) -> {
            try (NDArray gradient = weight.getGradient()) {
                adam.update(name, weight, gradient);
            }
        });
        forget();
    }

    /** Takes no notice of the gradient that the last backward pass left. */
    public void forget() {
        trained.values().forEach(weight -> JniUtils.zeroGrad((PtNDArray) weight));
    }

    /** Everything a frozen one needs, by name. */
    public Map<String, NDArray> weights() {
        var all = new HashMap<>(trained);
        all.putAll(statistics);
        return all;
    }
}
