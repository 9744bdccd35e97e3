package dev.darkroom.train.degradation.shake;

import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;


/**
 * How well, and how fast, {@link Shake} finds kernels that are known: {@code mvn test -Dtest=ShakeBenchmark -Dphotos=DIR}. Not among the tests that
 * run by themselves, because of its name.
 *
 * <p>A likeness is the cosine of the found kernel and the true one where they lie best upon each other. 0 stands for a shake that was not seen.
 */
class ShakeBenchmark {
    private static final int COUNT = 32;
    private static final double SIGMA_255 = 2;
    private static final double LIKE = 0.6;

    private enum Kind {
        TREMOR {
            @Override
            BlurKernel draw(SplittableRandom random) {
                return BlurKernel.tremor(4 + 13 * random.nextDouble(), random);
            }
        },
        TRAJECTORY {
            @Override
            BlurKernel draw(SplittableRandom random) {
                BlurKernel kernel;
                do {
                    kernel = BlurKernel.trajectory(40, random);
                } while (kernel.radius() < 3 || kernel.radius() > Shake.SIDE / 2);
                return kernel;
            }
        },
        NONE {
            @Override
            BlurKernel draw(SplittableRandom random) {
                return BlurKernel.of(new double[] {1}, 1);
            }
        };

        abstract BlurKernel draw(SplittableRandom random);
    }

    /** In the order of their paths, so that everyone with the same photographs has the same shakes. */
    @Test
    void findsKernelsThatAreKnown() {
        List<PhotoFile> files = PhotoFile.below(Path.of(System.getProperty("photos")));
        for (Kind kind : Kind.values()) {
            List<Double> likenesses = new ArrayList<>();
            Duration spent = Duration.ZERO;
            for (int number = 0; number < COUNT; number++) {
                var random = new SplittableRandom(number);
                BlurKernel kernel = kind.draw(random);
                Planes shaken = shaken(files.get(random.nextInt(files.size())).read(), kernel, random);
                long start = System.nanoTime();
                float[] found = CameraShake.estimate(shaken);
                spent = spent.plusNanos(System.nanoTime() - start);
                boolean seen = found[found.length / 2] < 1;
                likenesses.add(seen ? likeness(kernel.placedLike(found, Shake.SIDE), found) : 0);
            }
            System.out.printf("%-10s mean likeness %.3f, %d of %d below %.1f, %d not seen, %d ms each%n", kind.name().toLowerCase(),
                    likenesses.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), count(likenesses, LIKE), COUNT, LIKE,
                    count(likenesses, Double.MIN_VALUE), spent.toMillis() / COUNT);
            assertThat(likenesses).allSatisfy(likeness -> assertThat(likeness).isBetween(0.0, 1.001));
        }
    }

    private static Planes shaken(Photograph photograph, BlurKernel kernel, SplittableRandom random) {
        int width = Math.min(photograph.width(), Shake.LARGEST_WINDOW);
        int height = Math.min(photograph.height(), Shake.LARGEST_WINDOW);
        Planes clean = photograph.part((photograph.width() - width) / 2, (photograph.height() - height) / 2, width, height);
        return CameraShake.shaken(clean.extended(kernel.radius()), kernel.radius(), kernel, SIGMA_255, random);
    }

    private static double likeness(BlurKernel kernel, float[] found) {
        double product = 0;
        double ours = 0;
        double theirs = 0;
        for (float tap : found) {
            theirs += tap * tap;
        }
        for (int tap = 0; tap < kernel.weight().length; tap++) {
            int column = kernel.dx()[tap] + Shake.SIDE / 2;
            int row = kernel.dy()[tap] + Shake.SIDE / 2;
            ours += kernel.weight()[tap] * kernel.weight()[tap];
            if (Math.min(column, row) >= 0 && Math.max(column, row) < Shake.SIDE) {
                product += kernel.weight()[tap] * found[row * Shake.SIDE + column];
            }
        }
        return product / Math.sqrt(ours * theirs);
    }

    private static int count(List<Double> likenesses, double below) {
        return (int) likenesses.stream().filter(likeness -> likeness < below).count();
    }
}
