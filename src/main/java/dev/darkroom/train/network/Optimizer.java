package dev.darkroom.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Muon for the hidden layers' kernels and Adam (Kingma and Ba 2015, algorithm 1) for the rest, with the gradient clipped to
 * a global norm, and an exponential moving average of the weights they make.
 */
public final class Optimizer {
    private static final double LARGEST_NORM = 0.5;
    private static final double AVERAGE_DECAY = 0.999;

    /** One weight with its two moments and its average over the steps; Muon has no use for the variance, which is a single 0. */
    record Slot(NDArray weight, NDArray mean, NDArray variance, NDArray average) {}

    private final List<Slot> slots = new ArrayList<>();
    private final List<Family> families = new ArrayList<>();

    public Optimizer(NDManager manager, Iterable<NDArray> weights) {
        Map<Shape, List<NDArray>> byShape = new LinkedHashMap<>();
        weights.forEach(weight -> byShape.computeIfAbsent(weight.getShape(), shape -> new ArrayList<>()).add(weight));
        Map<NDArray, Slot> ofWeight = new IdentityHashMap<>();
        byShape.values().forEach(alike -> {
            Family family = Family.of(manager, alike);
            families.add(family);
            family.slots().forEach(slot -> ofWeight.put(slot.weight, slot));
        });
        weights.forEach(weight -> slots.add(ofWeight.get(weight)));
    }

    /** In the order of the weights; their moments and averages alias the families'. */
    List<Slot> slots() {
        return slots;
    }

    /**
     * Takes the gradients that the last backward pass left, moves the weights and forgets the gradients.
     *
     * @param step counted from 1
     * @return false if a gradient was not finite, and nothing was moved
     */
    public boolean step(NDManager scratch, long step, double learningRate) {
        List<NDArray> gradients = families.stream().map(family -> family.gradients(scratch)).toList();
        double norm = norm(gradients);
        if (!Double.isFinite(norm)) {
            forget();
            return false;
        }
        double clip = norm > LARGEST_NORM ? LARGEST_NORM / norm : 1;
        // Early averages follow closely, or the first random weights would linger for thousands of steps.
        double decay = Math.min(AVERAGE_DECAY, (1.0 + step) / (10 + step));
        for (int i = 0; i < families.size(); i++) {
            families.get(i).step(scratch, gradients.get(i).muli(clip), step, learningRate, decay);
        }
        forget();
        return true;
    }

    /** Forgets the gradients. */
    public void forget() {
        slots.forEach(slot -> JniUtils.zeroGrad((PtNDArray) slot.weight));
    }

    /** Puts the averages in the weights' place while the action runs. */
    public <T> T withAverages(java.util.function.Supplier<T> action) {
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

    /** Added up where the gradients are: reading a number from a device waits for all that it has been given. */
    private static double norm(List<NDArray> gradients) {
        return Math.sqrt(gradients.stream().map(gradient -> gradient.square().sum().toType(DataType.FLOAT64, false))
                .reduce(NDArray::add).orElseThrow().getDouble());
    }
}
