package dev.darkroom.train;

import java.util.random.RandomGenerator;

/** How a clean crop becomes a training example; pure, all chance comes from the generator. */
interface Degradation {
    Example apply(Crop clean, RandomGenerator random);
}
