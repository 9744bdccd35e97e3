package dev.darkroom.train;

import dev.darkroom.train.degradation.Degradation;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws training examples: a photograph, a place in it, one of eight symmetries, a degradation.
 *
 * <p>Everything a step shows follows from the seed and the step's number alone, which is what makes a resumed training
 * equal to an uninterrupted one. A photograph is drawn in proportion to the square root of its area: large ones hold
 * more to see, but not in proportion.
 */
final class CropSampler {
    private final List<Photograph> photographs;
    private final double[] cumulativeWeight;
    private final Degradation degradation;
    private final int side;
    private final long seed;

    CropSampler(List<Photograph> photographs, Degradation degradation, int side, long seed) {
        this.photographs = List.copyOf(photographs);
        this.degradation = degradation;
        this.side = side;
        this.seed = seed;
        cumulativeWeight = photographs.stream().mapToDouble(p -> Math.sqrt((double) p.width() * p.height())).toArray();
        Arrays.parallelPrefix(cumulativeWeight, Double::sum);
    }

    List<Example> batch(long step, int size) {
        var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step);
        return java.util.stream.Stream.generate(() -> example(random)).limit(size).toList();
    }

    private Example example(SplittableRandom random) {
        Photograph photograph = photographs.get(draw(random.nextDouble()));
        int margin = degradation.margin();
        int x = margin + random.nextInt(photograph.width() - side - 2 * margin + 1);
        int y = margin + random.nextInt(photograph.height() - side - 2 * margin + 1);
        return degradation.apply(new Excerpt(photograph, x, y, side, random.nextInt(8)), random);
    }

    private int draw(double uniform) {
        int at = Arrays.binarySearch(cumulativeWeight, uniform * cumulativeWeight[cumulativeWeight.length - 1]);
        return Math.min(at < 0 ? -at - 1 : at + 1, photographs.size() - 1);
    }
}
