package dev.darkroom.train;

import ai.djl.ndarray.types.DataType;
import dev.darkroom.model.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that decides what a training makes.
 *
 * @param task         what the checkpoint is for
 * @param recipe       what it minimises
 * @param start        the checkpoint whose weights it starts from; empty: weights are drawn
 * @param data         folder of clean photographs
 * @param architecture folder with the untrained model.pt and architecture.json
 * @param run          folder for the state, so that an interrupted training goes on
 * @param seed         of weights, crops, noise and held-out photographs
 * @param steps        after which the learning rate has decayed to nothing; 0 leaves the weights as they are
 * @param timeLimit    the decay also ends with this, summed over interruptions
 * @param batch        crops a step
 * @param crop         side of a crop in pixels
 * @param learningRate at its peak
 * @param precision    of the hidden features
 * @param held         photographs kept from training, for validation
 * @param workers      threads that share a step's gradient, 1 on a GPU
 */
record TrainingPlan(Task task, Recipe recipe, Optional<StartingPoint> start, Path data, Path architecture, Path run, long seed, long steps, Duration timeLimit, int batch,
        int crop, double learningRate, DataType precision, int held,
        int workers) {
    private static final double LONGEST_WARM_UP = 500;
    private static final double FLOOR = 1e-3;

    TrainingPlan with(Recipe recipe) {
        return new TrainingPlan(task, recipe, start, data, architecture, run, seed, steps, timeLimit, batch, crop, learningRate, precision, held, workers);
    }

    /** How far the training has come, 0 to 1: by steps or by time, whichever is further. */
    double progress(long step, Duration elapsed) {
        double bySteps = steps == 0 ? 1 : (double) step / steps;
        double byTime = (double) elapsed.toMillis() / timeLimit.toMillis();
        return Math.min(1, Math.max(bySteps, byTime));
    }

    /** Linear warm-up over 500 steps or a tenth of all, then half a cosine down to a thousandth of the peak (Loshchilov and Hutter 2017, eq. 5). */
    double learningRate(long step, double progress) {
        double warmUp = Math.min(1, step / Math.max(1, Math.min(LONGEST_WARM_UP, steps / 10.0)));
        return learningRate * warmUp * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }
}
