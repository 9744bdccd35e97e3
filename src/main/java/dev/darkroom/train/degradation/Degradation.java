package dev.darkroom.train.degradation;

import java.util.random.RandomGenerator;

/** How a clean picture becomes a training example; pure, all chance comes from the generator. */
@FunctionalInterface
public interface Degradation {
    Example apply(Excerpt clean, RandomGenerator random);

    /** How many pixels around an excerpt it looks at. */
    default int margin() {
        return 0;
    }
}
