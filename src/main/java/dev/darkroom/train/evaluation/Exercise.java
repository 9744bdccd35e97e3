package dev.darkroom.train.evaluation;

import dev.darkroom.loss.measure.Convention;
import java.util.List;

/**
 * One way of degrading the pictures of a set, and how the restored ones are compared.
 *
 * @param protocol    its name in tables
 * @param sigma255    the noise level that defines it, or null where there is none
 * @param conventions each gives a line of its own
 */
record Exercise(String protocol, Double sigma255, List<Convention> conventions, Trials trials) {

    /** Makes trials of a set's pictures; the seed fixes all chance. */
    @FunctionalInterface
    interface Trials {
        List<Trial> of(TestPicture picture, long seed);
    }

    /** As in {@code clipped-25}. */
    String fileName() {
        return (sigma255 == null ? protocol : protocol + " " + Math.round(sigma255)).replace(' ', '-');
    }

    Exercise(String protocol, Convention convention, Trials trials) {
        this(protocol, null, List.of(convention), trials);
    }
}
