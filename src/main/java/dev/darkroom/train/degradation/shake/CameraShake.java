package dev.darkroom.train.degradation.shake;

import dev.darkroom.estimate.shake.Luma;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.train.degradation.Degradation;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.degradation.GaussianNoise;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Photographs from a hand that shook: blurred along a random trajectory, then noise of sigma up to 15 (low levels more
 * often: what noise covers cannot be sharpened), clipped to 8 bits.
 *
 * <p>A third of the trajectories are the anxious ones of the literature, which stay together in a knot of ten pixels; the others reach
 * farther and have pauses, as measured kernels of real cameras do. One in ten is none at all. The condition is what can be found out about
 * the kernel from the picture.
 */
public final class CameraShake implements Degradation {
    private static final double SHORTEST = 5;
    private static final double LONGEST = 40;
    private static final double SHARE_OF_TREMORS = 2 / 3d;
    private static final double SHORTEST_REACH = 1.5;
    private static final double LONGEST_REACH = Shake.SIDE / 2;
    public static final double STRONGEST_SIGMA_255 = 15;

    private static final double SHARE_AT_REST = 0.1;

    private final Optional<ObservedShakes> observed;

    public CameraShake() {
        this(Optional.empty());
    }

    private CameraShake(Optional<ObservedShakes> observed) {
        this.observed = observed;
    }

    @Override
    public Degradation of(List<Photograph> photographs, Path notes) {
        return new CameraShake(Optional.of(new ObservedShakes(photographs, new ShakeNotes(notes, photographs))));
    }

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        if (observed.isPresent()) {
            ObservedShakes.Observed shake = observed.get().draw(random);
            return new Example(shaken(clean.clean(margin()), margin(), shake.kernel(), shake.sigma255(), random), clean.clean(), shake.estimate());
        }
        BlurKernel kernel = kernel(random);
        Planes shaken = shaken(clean.clean(margin()), margin(), kernel, sigma255(random), random);
        return new Example(shaken, clean.clean(), estimate(shaken));
    }

    static BlurKernel kernel(RandomGenerator random) {
        if (random.nextDouble() < SHARE_AT_REST) {
            return BlurKernel.of(new double[] {1}, 1);
        }
        return random.nextDouble() < SHARE_OF_TREMORS
                ? BlurKernel.tremor(between(SHORTEST_REACH, LONGEST_REACH, random), random)
                : BlurKernel.trajectory(between(SHORTEST, LONGEST, random), random);
    }

    static double sigma255(RandomGenerator random) {
        return STRONGEST_SIGMA_255 * Math.pow(random.nextDouble(), 1.5);
    }

    /** What the service would tell a network of a picture's shake. */
    public static float[] estimate(Planes shaken) {
        return Shake.kernelOf(shaken.width(), shaken.height(), (x, y, width, height) -> new Luma(width, height, shaken.cut(x, y, width, height).luma().values()));
    }

    private static double between(double least, double most, RandomGenerator random) {
        return least + (most - least) * random.nextDouble();
    }

    /** @return without {@code margin} pixels on every side */
    public static Planes shaken(Planes picture, int margin, BlurKernel kernel, double sigma255, RandomGenerator random) {
        return GaussianNoise.added(kernel.applied(picture, margin), sigma255, random).as8Bit();
    }

    @Override
    public int margin() {
        return BlurKernel.LARGEST_SIDE / 2;
    }
}
