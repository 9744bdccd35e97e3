package dev.darkroom.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.train.curriculum.Curriculum;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.network.Architecture;
import dev.darkroom.train.network.Optimizer;
import dev.darkroom.train.network.SelfTestExample;
import dev.darkroom.train.network.TrainableNetwork;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.network.TrainingState;
import dev.darkroom.train.photo.Photograph;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Trains a network by its plan, from where its run folder says it stands, and leaves the averaged weights. */
final class Trainer implements AutoCloseable {
    private static final Duration BETWEEN_STATES = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    private final TrainingPlan plan;
    private final Recipe recipe;
    private final Architecture architecture;
    private final Progress progress;
    private final TrainableNetwork network;
    private final Optimizer optimizer;
    private final GradientWorkers gradients;
    private final CropSampler sampler;
    private final Validation validation;
    private TrainingState.Position start = new TrainingState.Position(0, Duration.ZERO);
    private final int preparers;
    private long step;

    Trainer(TrainingPlan plan, List<Photograph> photographs, Curriculum curriculum, Device device, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        architecture = Architecture.read(plan.architecture());
        if (plan.workers() > 1) {
            JniUtils.setNumThreads(1); // the workers are the threads
        }
        // Beside a GPU the cores have nothing else to do; on a CPU they compute the gradient.
        preparers = device.isGpu() ? Math.max(1, Runtime.getRuntime().availableProcessors() - 1) : 1;
        var split = HeldOut.split(photographs, plan.held(), plan.seed());
        sampler = new CropSampler(split.training(), curriculum.training().of(split.training(), plan.run().resolveSibling("notes")), plan.crop(), plan.seed());
        validation = new Validation(split.held(), curriculum.validation());
        network = new TrainableNetwork(plan.architecture().resolve("model.pt"), device);
        network.drawWeights(plan.seed());
        plan.start().ifPresent(from -> progress.startsFrom(from.id(), network.takeWeights(from.archive()), network.weights().size()));
        recipe = Balance.of(plan, network, sampler);
        progress.minimises(recipe);
        optimizer = new Optimizer(network.manager(), network.weights().values());
        gradients = new GradientWorkers(network, plan.with(recipe));
        try {
            resume();
        } catch (TrainingException e) {
            close();
            throw e;
        }
    }

    private void resume() {
        if (TrainingState.exists(plan.run())) {
            start = TrainingState.read(plan.run(), optimizer);
            progress.resumed(start.step(), start.elapsed());
        }
        step = start.step();
    }

    /** Trains until the plan's end or until told to stop; what was trained is in the run folder then. */
    Trained train() throws InterruptedException, IOException {
        Files.createDirectories(plan.run());
        long began = System.nanoTime();
        Duration elapsed = start.elapsed();
        Duration lastState = elapsed;
        Duration lastLine = elapsed;
        try (var batches = new Prefetch(step + 1, number -> sampler.batch(number, plan.batch()), preparers)) {
            while (plan.progress(step, elapsed) < 1 && !progress.stopRequested()) {
                step++;
                double done = plan.progress(step, elapsed);
                double rate = plan.learningRate(step, done);
                progress.step(step, learn(batches.next(), plan.recipe().pixels(done), rate));
                elapsed = start.elapsed().plusNanos(System.nanoTime() - began);
                if (elapsed.minus(lastLine).compareTo(BETWEEN_LINES) > 0) {
                    progress.line(step, elapsed, rate);
                    lastLine = elapsed;
                }
                if (elapsed.minus(lastState).compareTo(BETWEEN_STATES) > 0) {
                    save(elapsed);
                    lastState = elapsed;
                }
            }
        }
        save(elapsed);
        double minutes = elapsed.toMillis() / 60e3;
        return optimizer.withAverages(() -> new Trained(recipe, network.torchScript(),
                SelfTestExample.of(network, architecture), step, minutes));
    }

    private GradientWorkers.Loss learn(List<Example> batch, PixelLoss pixels, double rate) throws InterruptedException {
        GradientWorkers.Loss loss = gradients.accumulate(batch, pixels);
        try (NDManager scratch = network.manager().newSubManager()) {
            if (!Double.isFinite(loss.total())) {
                progress.warn("step " + step + ": the loss is not finite, step skipped");
                optimizer.forget();
            } else if (!optimizer.step(scratch, step, rate)) {
                progress.warn("step " + step + ": the gradient is not finite, step skipped");
            }
        }
        return loss;
    }

    private void save(Duration elapsed) {
        progress.validated(step, optimizer.withAverages(() -> validation.psnr(network, plan.precision())));
        try {
            TrainingState.write(plan.run(), new TrainingState.Position(step, elapsed), optimizer);
        } catch (IOException e) {
            // The last good state stays in place; a disk that empties again is used at the next turn.
            progress.warn("the state could not be written: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        gradients.close();
        network.close();
    }
}
