package dev.darkroom.adopt;

import dev.darkroom.model.Manifest.Range;
import dev.darkroom.train.photo.Planes;
import java.util.Comparator;
import java.util.List;

/** Finds out which values a network takes for black and white: those with which a picture comes back most like itself. */
final class Ranges {
    private static final List<Range> USUAL = List.of(new Range(0, 1), new Range(0, 255), new Range(-1, 1));
    /** 0 to 1 is what nearly all take, and biases count less in a wider range: only where that gives another picture altogether is it another. */
    private static final double SAME_PICTURE_DB = 15;

    private Ranges() {}

    static Range likeliest(Stranger unit, Sizes sizes) {
        if (sizes.channelsIn() != sizes.channelsOut() || likeness(unit, sizes, USUAL.get(0)) >= SAME_PICTURE_DB) {
            return USUAL.get(0);
        }
        Range best = USUAL.stream().max(Comparator.comparingDouble(range -> likeness(unit, sizes, range))).orElseThrow();
        return likeness(unit, sizes, best) >= SAME_PICTURE_DB ? best : USUAL.get(0);
    }

    private static double likeness(Stranger unit, Sizes sizes, Range range) {
        int side = sizes.oneSize() ? sizes.multiple() : 64;
        Planes scene = Scene.of(sizes.channelsIn(), side, side);
        return new Stranger(unit.network(), range, unit.columns()).restore(scene).map(answer -> shrunk(answer, sizes.scale()))
                .filter(answer -> answer.values().length == scene.values().length).map(answer -> Difference.psnrDb(answer, scene))
                .filter(Double::isFinite).orElse(Double.NEGATIVE_INFINITY);
    }

    /** The mean of each square. */
    private static Planes shrunk(Planes picture, int factor) {
        Planes shrunk = Planes.black(picture.channels(), picture.height() / factor, picture.width() / factor);
        for (int channel = 0, to = 0; channel < shrunk.channels(); channel++) {
            for (int y = 0; y < shrunk.height(); y++) {
                for (int x = 0; x < shrunk.width(); x++, to++) {
                    double sum = 0;
                    for (int i = 0; i < factor * factor; i++) {
                        sum += picture.get(channel, y * factor + i / factor, x * factor + i % factor);
                    }
                    shrunk.values()[to] = (float) (sum / (factor * factor));
                }
            }
        }
        return shrunk;
    }
}
