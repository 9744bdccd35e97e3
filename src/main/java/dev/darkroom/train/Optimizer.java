package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Muon for the hidden layers' kernels and Adam (Kingma and Ba 2015, algorithm 1) for the rest, with the gradient clipped to
 * a global norm, and an exponential moving average of the weights they make.
 */
final class Optimizer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double LARGEST_NORM = 0.5;
    private static final double AVERAGE_DECAY = 0.999;

    /** One weight with its two moments and its average over the steps; Muon has no use for the variance, which is a single 0. */
    record Slot(NDArray weight, NDArray mean, NDArray variance, NDArray average) {

        static Slot of(NDManager manager, NDArray weight) {
            Shape shape = weight.getShape();
            NDArray average = manager.zeros(shape);
            average.addi(weight);
            return new Slot(weight, manager.zeros(shape), manager.zeros(Muon.fits(shape) ? new Shape(1) : shape), average);
        }
    }

    private final List<Slot> slots = new ArrayList<>();

    Optimizer(NDManager manager, Iterable<NDArray> weights) {
        for (NDArray weight : weights) {
            slots.add(Slot.of(manager, weight));
        }
    }

    List<Slot> slots() {
        return slots;
    }

    /**
     * Takes the gradients that the last backward pass left, moves the weights and forgets the gradients.
     *
     * @param step counted from 1
     * @return false if a gradient was not finite, and nothing was moved
     */
    boolean step(NDManager scratch, long step, double learningRate) {
        List<NDArray> gradients = slots.stream().map(slot -> gradient(scratch, slot)).toList();
        double norm = norm(gradients);
        if (!Double.isFinite(norm)) {
            skip();
            return false;
        }
        double clip = norm > LARGEST_NORM ? LARGEST_NORM / norm : 1;
        // Early averages follow closely, or the first random weights would linger for thousands of steps.
        double decay = Math.min(AVERAGE_DECAY, (1.0 + step) / (10 + step));
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            NDArray gradient = gradients.get(i).muli(clip);
            NDArray change = Muon.fits(slot.weight.getShape()) ? Muon.change(gradient, slot.mean) : adam(slot, gradient, step);
            change.attach(scratch);
            slot.weight.subi(change.muli(learningRate));
            slot.average.muli(decay);
            try (NDArray share = slot.weight.mul(1 - decay)) {
                slot.average.addi(share);
            }
            JniUtils.zeroGrad((PtNDArray) slot.weight);
        }
        return true;
    }

    private static NDArray adam(Slot slot, NDArray gradient, long step) {
        slot.mean.muli(BETA1).addi(gradient.mul(1 - BETA1));
        slot.variance.muli(BETA2).addi(gradient.square().muli(1 - BETA2));
        double correction = Math.sqrt(1 - Math.pow(BETA2, step));
        try (NDArray root = slot.variance.sqrt()) {
            return slot.mean.div(root.divi(correction).addi(EPSILON)).divi(1 - Math.pow(BETA1, step));
        }
    }

    /** Forgets the gradients of a step whose loss was not finite. */
    void skip() {
        slots.forEach(slot -> JniUtils.zeroGrad((PtNDArray) slot.weight));
    }

    /** Puts the averages in the weights' place while the action runs. */
    <T> T withAverages(java.util.function.Supplier<T> action) {
        List<float[]> weights = slots.stream().map(slot -> slot.weight.toFloatArray()).toList();
        slots.forEach(slot -> TrainableNetwork.assign(slot.weight, slot.average));
        try {
            return action.get();
        } finally {
            for (int i = 0; i < weights.size(); i++) {
                TrainableNetwork.assign(slots.get(i).weight, weights.get(i));
            }
        }
    }

    private static NDArray gradient(NDManager scratch, Slot slot) {
        NDArray gradient = slot.weight.getGradient();
        gradient.attach(scratch);
        return gradient;
    }

    /** Added up where the gradients are: reading a number from a device waits for all that it has been given. */
    private static double norm(List<NDArray> gradients) {
        return Math.sqrt(gradients.stream().map(gradient -> gradient.square().sum().toType(DataType.FLOAT64, false))
                .reduce(NDArray::add).orElseThrow().getDouble());
    }
}
