package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.memory.Uninterrupted;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.network.TrainableNetwork;
import dev.darkroom.train.network.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Computes the gradient of a batch, on a CPU in pieces that several threads take in turn.
 *
 * <p>Each thread runs its convolutions alone: the engine's own threads meet at a barrier in every operation, and where
 * another process takes one core for a moment all of them wait; pieces that are taken when a thread is free do not.
 * The pieces' gradients add up in the weights under autograd's lock, so with more than one worker the last bit of a
 * sum depends on their order; with one worker training is repeatable to the bit. What a loss draws or remembers belongs
 * to a piece, whichever thread takes it.
 */
final class GradientWorkers implements AutoCloseable {
    private static final int PIECES_PER_WORKER = 2;
    /** More random draws than a training has steps. */
    private static final long SEEDS_OF_A_PIECE = 1L << 32;

    private final TrainableNetwork network;
    private final TrainingPlan plan;
    private final FeatureNetworks features;
    private final List<Objective> objectives = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * A batch's loss.
     *
     * @param total  what was minimised
     * @param pixels without the recipe's terms
     */
    record Loss(double total, double pixels) {
        static final Loss NONE = new Loss(0, 0);

        private Loss plus(Loss other) {
            return new Loss(total + other.total, pixels + other.pixels);
        }
    }

    GradientWorkers(TrainableNetwork network, TrainingPlan plan) {
        this.network = network;
        this.plan = plan;
        Path folder = plan.recipe().features();
        features = plan.precision() == DataType.FLOAT32 ? new FeatureNetworks(folder) : FeatureNetworks.inBfloat16(folder);
        int pieces = plan.workers() == 1 ? 1 : Math.min(plan.batch(), plan.workers() * PIECES_PER_WORKER);
        for (int piece = 0; piece < pieces; piece++) {
            objectives.add(new Objective(plan.recipe(), features, plan.seed() + piece * SEEDS_OF_A_PIECE));
        }
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
    Loss accumulate(List<Example> batch, PixelLoss pixels) throws InterruptedException {
        int pieces = objectives.size();
        List<Callable<Loss>> shares = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            Objective objective = objectives.get(piece);
            List<Example> part = batch.subList(piece * batch.size() / pieces, (piece + 1) * batch.size() / pieces);
            shares.add(() -> accumulate(part, objective, pixels, (float) part.size() / batch.size()));
        }
        Loss loss = Loss.NONE;
        // All pieces end before one that failed is spoken of.
        for (Future<Loss> share : threads.invokeAll(shares)) {
            loss = loss.plus(get(share));
        }
        return loss;
    }

    private Loss accumulate(List<Example> part, Objective objective, PixelLoss pixels, float weight) {
        try (NDManager scratch = network.manager().newSubManager()) {
            NDArray x = Stack.of(scratch, part.stream().map(Example::input).toList());
            NDArray target = Stack.of(scratch, part.stream().map(Example::target).toList());
            NDArray condition = Stack.conditions(scratch, part);
            NDArray restored = network.restore(x, condition, plan.precision(), true);
            Objective.Loss loss = objective.loss(pixels, restored, target);
            NDArray share = Arithmetic.times(loss.total(), weight);
            JniUtils.backward((PtNDArray) share, (PtNDArray) scratch.ones(share.getShape()), false, false);
            // Read last: a GPU goes on with the gradient meanwhile, which it would otherwise be given only after the loss.
            double total = share.getFloat();
            double ofPixels = weight * loss.pixels().getFloat();
            return new Loss(total, ofPixels);
        }
    }

    private static Loss get(Future<Loss> share) throws InterruptedException {
        try {
            return share.get();
        } catch (ExecutionException e) {
            throw new TrainingException("a training step failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        Uninterrupted.until(() -> threads.awaitTermination(1, TimeUnit.DAYS));
        objectives.forEach(Objective::close);
        features.close();
    }
}
