package dev.darkroom.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a training minimises.
 *
 * @param name     of the loss in the store
 * @param psnrFrom the progress from which a step maximises PSNR instead of minimising L1; 1: never
 * @param terms    beside the pixels
 * @param balanced whether weights are multiples of the pixels' loss, to be measured where the training starts
 * @param features where the feature networks are installed that the terms run on
 */
record Recipe(String name, double psnrFrom, List<Term> terms, boolean balanced, Path features) {

    /** At this progress, 0 to 1. */
    PixelLoss pixels(double progress) {
        return progress < psnrFrom ? PixelLoss.L1 : PixelLoss.PSNR;
    }

    /** The same with weights that were found. */
    Recipe weighted(UnaryOperator<Term> found) {
        return new Recipe(name, psnrFrom, terms.stream().map(found).toList(), false, features);
    }

    /** By the names of the terms, for a manifest. */
    Map<String, Double> weights() {
        return terms.stream().collect(Collectors.toMap(Term::measure, Term::weight));
    }

    /** As in {@code l1, after 65 % of the training psnr + 0.1 pdl}. */
    @Override
    public String toString() {
        String pixels = psnrFrom >= 1 ? "l1" : "l1, after %.0f %% of the training psnr".formatted(100 * psnrFrom);
        return Stream.concat(Stream.of(pixels), terms.stream().map(Term::toString)).collect(Collectors.joining(" + "));
    }

    /** As options of {@code ./darkroom train}. */
    String options() {
        return " --psnr-from " + psnrFrom + (balanced ? " --balanced" : "") + terms.stream().map(term -> " --term " + term.measure() + "=" + term.weight()
                + term.options().entrySet().stream().map(option -> " --option " + term.measure() + "." + option).collect(Collectors.joining()))
                .collect(Collectors.joining());
    }
}
