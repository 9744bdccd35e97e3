package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** How a clean picture becomes a training example; pure, all chance comes from the generator. */
@FunctionalInterface
public interface Degradation {
    Example apply(Excerpt clean, RandomGenerator random);

    /**
     * The same, having seen the photographs that it is going to degrade.
     *
     * @param notes folder for what takes long to find out about them, so that the next training need not; it need not exist
     */
    default Degradation of(List<Photograph> photographs, Path notes) {
        return this;
    }

    /** How many pixels around an excerpt it looks at. */
    default int margin() {
        return 0;
    }
}
