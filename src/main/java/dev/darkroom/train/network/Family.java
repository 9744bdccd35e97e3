package dev.darkroom.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weights of one shape, with their moments and averages in one array (N,...) each: a GPU is given one piece of work for all of
 * them, where it would spend longer being told about each than working on it.
 */
record Family(List<NDArray> weights, NDArray mean, NDArray variance, NDArray average) {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** @param weights of one shape; the averages start as what they are now */
    static Family of(NDManager manager, List<NDArray> weights) {
        Shape one = weights.get(0).getShape();
        Shape all = new Shape(weights.size()).addAll(one);
        NDArray variance = manager.zeros(Muon.fits(one) ? new Shape(weights.size(), 1) : all);
        NDArray average = manager.zeros(all);
        try (NDManager scratch = manager.newSubManager()) {
            average.addi(stacked(scratch, weights));
        }
        return new Family(weights, manager.zeros(all), variance, average);
    }

    List<Optimizer.Slot> slots() {
        return IntStream.range(0, weights.size())
                .mapToObj(i -> new Optimizer.Slot(weights.get(i), mean.get(i), variance.get(i), average.get(i)))
                .toList();
    }

    /** @return (N,...) what the last backward pass left */
    NDArray gradients(NDManager scratch) {
        return stacked(scratch, weights.stream().map(NDArray::getGradient).peek(gradient -> gradient.attach(scratch)).toList());
    }

    /**
     * Moves the weights and, after them, their averages.
     *
     * @param gradient (N,...)
     * @param step     counted from 1
     * @param decay    of the averages
     */
    void step(NDManager scratch, NDArray gradient, long step, double learningRate, double decay) {
        NDArray change = Muon.fits(weights.get(0).getShape()) ? Muon.change(gradient, mean) : adam(gradient, step);
        change.attach(scratch);
        change.muli(learningRate);
        for (int i = 0; i < weights.size(); i++) {
            weights.get(i).subi(change.get(i));
        }
        average.muli(decay).addi(stacked(scratch, weights).muli(1 - decay));
    }

    private NDArray adam(NDArray gradient, long step) {
        mean.muli(BETA1).addi(gradient.mul(1 - BETA1));
        variance.muli(BETA2).addi(gradient.square().muli(1 - BETA2));
        double correction = Math.sqrt(1 - Math.pow(BETA2, step));
        try (NDArray root = variance.sqrt()) {
            return mean.div(root.divi(correction).addi(EPSILON)).divi(1 - Math.pow(BETA1, step));
        }
    }

    private static NDArray stacked(NDManager scratch, List<NDArray> arrays) {
        NDArray stacked = NDArrays.stack(new NDList(arrays));
        stacked.attach(scratch);
        return stacked;
    }
}
