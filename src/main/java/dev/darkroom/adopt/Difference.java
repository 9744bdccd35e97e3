package dev.darkroom.adopt;

import dev.darkroom.train.photo.Planes;

/** How far two pictures of a size are apart. */
final class Difference {
    private Difference() {}

    static double largest(Planes one, Planes other) {
        double largest = 0;
        for (int i = 0; i < one.values().length; i++) {
            largest = Math.max(largest, Math.abs(one.values()[i] - other.values()[i]));
        }
        return largest;
    }

    /** Of peak 1, at most 200. */
    static double psnrDb(Planes one, Planes other) {
        return Math.min(200, -10 * Math.log10(meanSquare(one, other)));
    }

    static double meanSquare(Planes one, Planes other) {
        double sum = 0;
        for (int i = 0; i < one.values().length; i++) {
            double difference = one.values()[i] - other.values()[i];
            sum += difference * difference;
        }
        return sum / one.values().length;
    }
}
