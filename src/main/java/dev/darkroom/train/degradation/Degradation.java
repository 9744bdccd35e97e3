package dev.darkroom.train.degradation;

import java.util.List;
import java.util.random.RandomGenerator;

/** How a clean picture becomes a training example; pure, all chance comes from the generator. */
@FunctionalInterface
public interface Degradation {
    Example apply(Excerpt clean, RandomGenerator random);

    /** The same, having seen the photographs that it is going to degrade. */
    default Degradation of(List<Photograph> photographs) {
        return this;
    }

    /** How many pixels around an excerpt it looks at. */
    default int margin() {
        return 0;
    }
}
