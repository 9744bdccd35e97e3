package dev.darkroom.train.degradation.shake;

import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Shakes with what could be found out about them from a photograph.
 *
 * <p>Finding out takes a second, which is more than a training step. How well it works depends little on which photograph is
 * degraded afterwards, so a limited number of shakes is observed, each when it is first drawn, and they are used again in
 * their eight symmetries. The n-th shake is the same in every run with the same photographs. Thread-safe.
 */
final class ObservedShakes {
    private static final int COUNT = 256;

    private final List<Photograph> photographs;
    private final ShakeNotes notes;
    private final Map<Integer, Observed> observed = new ConcurrentHashMap<>();

    /**
     * One shake.
     *
     * @param kernel   the true one, moved by whole pixels to where the estimate has it: nobody can see where a shake's middle lies, and
     *                 a network that is asked for pictures in a place it cannot know answers with blurred ones
     * @param sigma255 of the noise
     * @param estimate as {@link Shake#kernelOf} gives it
     */
    record Observed(BlurKernel kernel, double sigma255, float[] estimate) {

        private Observed turned(int symmetry) {
            return new Observed(kernel.turned(symmetry), sigma255, new Planes(1, Shake.SIDE, Shake.SIDE, estimate).turned(symmetry).values());
        }
    }

    /** @param notes has, or will have, the estimates, which take most of the time */
    ObservedShakes(List<Photograph> photographs, ShakeNotes notes) {
        this.photographs = List.copyOf(photographs);
        this.notes = notes;
    }

    Observed draw(RandomGenerator random) {
        return observed.computeIfAbsent(random.nextInt(COUNT), this::observe).turned(random.nextInt(8));
    }

    private Observed observe(int number) {
        var random = new SplittableRandom(number);
        BlurKernel kernel = CameraShake.kernel(random);
        double sigma255 = CameraShake.sigma255(random);
        float[] estimate = notes.find(number).orElseGet(() -> notes.keep(number, estimate(kernel, sigma255, random)));
        return new Observed(kernel.placedLike(estimate, Shake.SIDE), sigma255, estimate);
    }

    private float[] estimate(BlurKernel kernel, double sigma255, RandomGenerator random) {
        Photograph photograph = photographs.get(random.nextInt(photographs.size()));
        int width = Math.min(photograph.width(), Shake.LARGEST_WINDOW);
        int height = Math.min(photograph.height(), Shake.LARGEST_WINDOW);
        Planes clean = photograph.part(random.nextInt(photograph.width() - width + 1), random.nextInt(photograph.height() - height + 1), width, height);
        Planes shaken = CameraShake.shaken(clean.extended(kernel.radius()), kernel.radius(), kernel, sigma255, random);
        return CameraShake.estimate(shaken);
    }
}
