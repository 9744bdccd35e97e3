package dev.darkroom.train;

import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.Photograph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Photographs set apart for validation, drawn by the seed. */
record HeldOut(List<Photograph> training, List<Photograph> held) {

    static HeldOut split(List<Photograph> photographs, int held, long seed) {
        if (photographs.size() <= held) {
            throw new TrainingException("%d photographs are too few to hold %d of them out for validation"
                    .formatted(photographs.size(), held));
        }
        List<Photograph> shuffled = new ArrayList<>(photographs);
        Collections.shuffle(shuffled, new Random(seed));
        return new HeldOut(shuffled.subList(held, shuffled.size()), shuffled.subList(0, held));
    }
}
