package dev.darkroom.loss.distribution;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Directions drawn at random.
 *
 * @param kind how each direction is drawn
 * @param multiple how many directions there are for each channel
 * @param seeds one for every comparison
 */
record RandomProjection(Kind kind, int multiple, LongSupplier seeds) implements Projection {

    // How far a perturbed direction may lean away from its channel's axis.
    private static final double PERTURBATION = 0.1;

    /** How a direction is drawn; the names are the PDL paper's. */
    enum Kind {

        /** Two channels at random, mixed with Gaussian weights. */
        R2P {
            @Override
            double[] direction(int index, int channels, SplittableRandom random) {
                int first = random.nextInt(channels);
                int second = (first + 1 + random.nextInt(channels - 1)) % channels;
                double[] direction = new double[channels];
                direction[first] = random.nextGaussian();
                direction[second] = random.nextGaussian();
                return direction;
            }
        },

        /** A channel by itself, slightly perturbed. */
        RPP {
            @Override
            double[] direction(int index, int channels, SplittableRandom random) {
                double[] direction = Projection.unit(gaussian(channels, random));
                for (int i = 0; i < channels; i++) {
                    direction[i] *= PERTURBATION;
                }
                direction[index % channels] += 1;
                return direction;
            }
        },

        /** Uniform on the unit sphere, as in the sliced Wasserstein distance. */
        RSP {
            @Override
            double[] direction(int index, int channels, SplittableRandom random) {
                return gaussian(channels, random);
            }
        };

        abstract double[] direction(int index, int channels, SplittableRandom random);

        /** Directions of any length. */
        double[][] directions(int count, int channels, long seed) {
            var random = new SplittableRandom(seed);
            double[][] directions = new double[count][];
            for (int i = 0; i < count; i++) {
                directions[i] = direction(i, channels, random);
            }
            return directions;
        }

        private static double[] gaussian(int channels, SplittableRandom random) {
            double[] direction = new double[channels];
            for (int i = 0; i < channels; i++) {
                direction[i] = random.nextGaussian();
            }
            return direction;
        }
    }

    @Override
    public UnaryOperator<NDArray> draw(int channels) {
        return Projection.onto(kind.directions(multiple * channels, channels, seeds.getAsLong()));
    }
}
