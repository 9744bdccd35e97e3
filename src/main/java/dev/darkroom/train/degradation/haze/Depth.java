package dev.darkroom.train.degradation.haze;

import java.util.random.RandomGenerator;

/**
 * How far away what a picture shows is, made up: u and v are a place in the picture from 0 to 1, the depth is from 0
 * (at the camera) to 1.
 */
@FunctionalInterface
interface Depth {
    double at(double u, double v);

    /** A plane, a ground that recedes, a smooth field, segments or a mixture of two, over a random range of depths. */
    static Depth random(RandomGenerator random) {
        double near = 0.6 * random.nextDouble();
        // RESIDE divides a picture's depths by the largest, so that something is at 1; a part of a scene need not be.
        double far = random.nextInt(10) < 7 ? 1 : near + (1 - near) * (0.4 + 0.6 * random.nextDouble());
        Depth shape = random.nextInt(3) == 0 ? mixture(shape(random), shape(random), random.nextDouble()) : shape(random);
        return (u, v) -> near + (far - near) * Math.min(1, Math.max(0, shape.at(u, v)));
    }

    private static Depth shape(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> plane(random);
            case 1 -> ground(random);
            case 2 -> field(random);
            default -> segments(random);
        };
    }

    private static Depth mixture(Depth one, Depth other, double share) {
        return (u, v) -> share * one.at(u, v) + (1 - share) * other.at(u, v);
    }

    private static Depth plane(RandomGenerator random) {
        double angle = 2 * Math.PI * random.nextDouble();
        double across = Math.cos(angle);
        double down = Math.sin(angle);
        return (u, v) -> 0.5 + across * (u - 0.5) + down * (v - 0.5);
    }

    /** Below the horizon a ground comes nearer, in one of four directions; above it everything is far. */
    private static Depth ground(RandomGenerator random) {
        double horizon = 0.6 * random.nextDouble();
        double height = 0.05 + 0.3 * random.nextDouble();
        boolean upright = random.nextDouble() < 0.8;
        return (u, v) -> {
            double below = (upright ? v : u) - horizon;
            return below <= 0 ? 1 : height / (height + below);
        };
    }

    /** Three waves of up to two periods. */
    private static Depth field(RandomGenerator random) {
        double[] wave = random.doubles(9).toArray();
        return (u, v) -> {
            double sum = 0;
            for (int i = 0; i < wave.length; i += 3) {
                sum += Math.cos(2 * Math.PI * (wave[i + 2] + (4 * wave[i] - 2) * u + (4 * wave[i + 1] - 2) * v));
            }
            return 0.5 + sum / 6;
        };
    }

    /** Up to twelve regions around random places, each at its own depth and a little tilted: edges, as objects have them. */
    private static Depth segments(RandomGenerator random) {
        int count = 3 + random.nextInt(10);
        double[][] places = random.doubles(4L * count).boxed().collect(java.util.stream.Collectors.collectingAndThen(
                java.util.stream.Collectors.toList(), values -> {
                    double[][] rows = new double[count][4];
                    for (int i = 0; i < 4 * count; i++) {
                        rows[i / 4][i % 4] = values.get(i);
                    }
                    return rows;
                }));
        return (u, v) -> {
            double nearest = Double.MAX_VALUE;
            double[] own = places[0];
            for (double[] place : places) {
                double distance = Math.hypot(u - place[0], v - place[1]);
                if (distance < nearest) {
                    nearest = distance;
                    own = place;
                }
            }
            return own[2] + (own[3] - 0.5) * (v - own[1]);
        };
    }
}
