package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.model.Task;
import dev.darkroom.train.network.ConvolutionStack;
import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * MDF's first phase (Mustafa et al. 2022): eight discriminators learn on one picture, from coarse to fine, to tell it from
 * what a generator makes of its coarser self under the task's distortion.
 *
 * <p>As in the paper: scales, widths, and a generator that sees its predecessor's result enlarged and distorted. Unlike it:
 * a least-squares adversarial loss (Mao et al. 2017) instead of Wasserstein's with a gradient penalty, because the engine's
 * binding cannot differentiate a gradient without touching those of the weights; and pictures in [0,1] throughout, as the
 * second phase hands them in.
 */
final class SingleImageDiscriminators {
    private static final int SCALES = 8;
    private static final int LONGEST_SIDE = 250; // of the ninth scale, which the loss leaves out
    private static final double STEP_OF_SCALES = 0.75;
    private static final int[] WIDTHS = {32, 32, 32, 32, 64, 64, 64, 64};
    private static final float RATE = 5e-4f;
    private static final int FIDELITY = 40; // SinGAN's 10 for pictures in [-1,1]
    private static final int BICUBIC = 3;

    private final Distortion distortion;
    private final int steps;
    private final SplittableRandom random;
    private final Consumer<String> log;

    /** @param steps at each scale */
    SingleImageDiscriminators(Task task, int steps, long seed, Consumer<String> log) {
        this.distortion = Distortion.of(task);
        this.steps = steps;
        this.random = new SplittableRandom(seed);
        this.log = log;
    }

    /**
     * Trains them.
     *
     * @return weights by the names of MDF's files, in the owner
     */
    Map<String, NDArray> train(Planes picture, NDManager owner) {
        JniUtils.setGradMode(true);
        try (NDManager scratch = owner.newSubManager()) {
            List<NDArray> scales = scales(Stack.of(scratch, List.of(picture)));
            var weights = new HashMap<String, NDArray>();
            NDArray seen = scales.get(0);
            for (int k = 0; k < SCALES; k++) {
                NDArray real = scales.get(k + 1);
                int scale = k;
                var discriminator = new ConvolutionStack(owner, WIDTHS[k], 1, 0, adam(), random);
                seen = compete(discriminator, WIDTHS[k], real, resized(seen, real.getShape()), scratch, k);
                discriminator.weights().forEach((name, weight) -> weights.put(scale + "." + name, weight));
            }
            return weights;
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** From one that is coarser than the first scale to the last. */
    private static List<NDArray> scales(NDArray picture) {
        double longest = Math.max(picture.getShape().get(2), picture.getShape().get(3));
        var scales = new ArrayList<NDArray>();
        for (int k = -1; k < SCALES; k++) {
            double factor = LONGEST_SIDE * Math.pow(STEP_OF_SCALES, SCALES - k) / longest;
            scales.add(resized(picture, new Shape(1, 3, Math.round(picture.getShape().get(2) * factor), Math.round(picture.getShape().get(3) * factor))));
        }
        return scales;
    }

    private static NDArray resized(NDArray picture, Shape shape) {
        long[] size = {shape.get(2), shape.get(3)};
        return JniUtils.interpolate((PtNDArray) picture, size, BICUBIC, false);
    }

    /** @return what the generator makes of what it sees, without a gradient */
    private NDArray compete(ConvolutionStack discriminator, int width, NDArray real, NDArray seen, NDManager owner, int scale) {
        var generator = new ConvolutionStack(owner, width, 3, 1, adam(), random);
        double[] verdicts = new double[2];
        for (int step = 0; step < steps; step++) {
            if (Thread.interrupted()) {
                throw new CancellationException("interrupted");
            }
            try (NDManager scratch = owner.newSubManager()) {
                NDArray distorted = distortion.apply(lent(seen, scratch), scratch, random);
                NDArray made = distorted.add(generator.apply(distorted));
                NDArray ofReal = discriminator.apply(lent(real, scratch));
                NDArray ofMade = discriminator.apply(made.stopGradient());
                backward(ofReal.sub(1).square().mean().add(ofMade.square().mean()), scratch);
                discriminator.learn();
                backward(discriminator.apply(made).sub(1).square().mean().add(Arithmetic.times(made.sub(real).square().mean(), FIDELITY)), scratch);
                generator.learn();
                discriminator.forget();
                verdicts = new double[] {ofReal.mean().getFloat(), ofMade.mean().getFloat()};
            }
        }
        NDArray distorted = distortion.apply(seen, owner, random);
        NDArray made = distorted.add(generator.apply(distorted)).stopGradient();
        log.accept("scale %d, %d x %d: verdicts on the picture %.2f, on the generator's %.2f; distorted %.2f dB, generated %.2f dB".formatted(
                scale, real.getShape().get(3), real.getShape().get(2), verdicts[0], verdicts[1], psnr(distorted, real), psnr(made, real)));
        return made;
    }

    /** The same pixels: what is computed from them belongs to the step, where with their own manager it would stay until the end. */
    private static NDArray lent(NDArray picture, NDManager scratch) {
        NDArray same = picture.stopGradient();
        same.attach(scratch);
        return same;
    }

    private static void backward(NDArray loss, NDManager scratch) {
        loss.attach(scratch);
        JniUtils.backward((PtNDArray) loss, (PtNDArray) scratch.ones(loss.getShape()), false, false);
    }

    private static double psnr(NDArray made, NDArray real) {
        return -10 * Math.log10(made.sub(real).square().mean().getFloat());
    }

    private static Adam adam() {
        return Adam.builder().optLearningRateTracker(Tracker.fixed(RATE)).optBeta1(0.5f).build();
    }
}
