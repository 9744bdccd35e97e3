package dev.darkroom.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.TensorLiteral;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Lets a network answer one small example, for its manifest. */
public final class SelfTestExample {
    private static final long SEED = 1;
    private static final int HEIGHT = 16;
    private static final int WIDTH = 24;
    private static final float CONDITION = 25 / 255f;
    /** One step of 8 bits: devices that convolve in TF32 stay well below it, other weights do not. */
    private static final double TOLERANCE = 1 / 255.0;

    private SelfTestExample() {}

    public static Manifest.SelfTest of(TrainableNetwork network, Architecture architecture) {
        int conditions = Manifest.columns(architecture.condition());
        long[] shape = {1, architecture.channels().in(), HEIGHT, WIDTH};
        float[] input = new float[architecture.channels().in() * HEIGHT * WIDTH];
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextInt(256) / 255f;
        }
        float[] condition = new float[conditions];
        Arrays.fill(condition, CONDITION);
        try (NDManager scratch = network.manager().newSubManager()) {
            NDArray output = network.restore(scratch.create(input, new Shape(shape)),
                    scratch.create(condition, new Shape(1, conditions)), DataType.FLOAT32, false);
            return new Manifest.SelfTest(TensorLiteral.of(shape, input),
                    conditions == 0 ? null : TensorLiteral.of(new long[] {1, conditions}, condition),
                    TensorLiteral.of(output.getShape().getShape(), output.toFloatArray()), TOLERANCE);
        }
    }
}
