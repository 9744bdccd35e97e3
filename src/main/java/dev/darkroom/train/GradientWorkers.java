package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes the gradient of a batch, on a CPU in pieces that several threads take in turn.
 *
 * <p>Each thread runs its convolutions alone: the engine's own threads meet at a barrier in every operation, and where
 * another process takes one core for a moment all of them wait; pieces that are taken when a thread is free do not.
 * The pieces' gradients add up in the weights under autograd's lock, so with more than one worker the last bit of a
 * sum depends on their order; with one worker training is repeatable to the bit.
 */
final class GradientWorkers implements AutoCloseable {
    private static final int PIECES_PER_WORKER = 2;

    private final TrainableNetwork network;
    private final TrainingPlan plan;
    private final Objective objective;
    private final ExecutorService threads;

    GradientWorkers(TrainableNetwork network, TrainingPlan plan) {
        this.network = network;
        this.plan = plan;
        objective = new Objective(plan.recipe());
        threads = Executors.newFixedThreadPool(plan.workers(), task -> {
            Thread thread = new Thread(() -> {
                // Both settings belong to a thread. No optimiser: validation has other shapes, nothing is specialised.
                JniUtils.setGraphExecutorOptimize(false);
                JniUtils.setGradMode(true);
                task.run();
            }, "gradient");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Adds the gradient of the batch's mean loss to the weights and returns that loss. */
    double accumulate(List<Example> batch, PixelLoss pixels) throws InterruptedException {
        int pieces = plan.workers() == 1 ? 1 : Math.min(batch.size(), plan.workers() * PIECES_PER_WORKER);
        List<Future<Double>> shares = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            List<Example> part = batch.subList(piece * batch.size() / pieces, (piece + 1) * batch.size() / pieces);
            shares.add(threads.submit(() -> accumulate(part, pixels, (float) part.size() / batch.size())));
        }
        double loss = 0;
        for (Future<Double> share : shares) {
            loss += get(share);
        }
        return loss;
    }

    private double accumulate(List<Example> part, PixelLoss pixels, float weight) {
        try (NDManager scratch = network.manager().newSubManager()) {
            NDArray x = Stack.of(scratch, part.stream().map(Example::input).toList());
            NDArray target = Stack.of(scratch, part.stream().map(Example::target).toList());
            NDArray condition = Stack.conditions(scratch, part);
            NDArray restored = network.restore(x, condition, plan.precision(), true);
            NDArray loss = objective.loss(pixels, restored, target).mul(weight);
            double value = loss.getFloat();
            JniUtils.backward((PtNDArray) loss, (PtNDArray) scratch.ones(loss.getShape()), false, false);
            return value;
        }
    }

    private static double get(Future<Double> share) throws InterruptedException {
        try {
            return share.get();
        } catch (ExecutionException e) {
            throw new TrainingException("a training step failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        objective.close();
    }
}
