package dev.darkroom.adopt;

import dev.darkroom.inference.checkpoint.BareNetwork;
import dev.darkroom.inference.checkpoint.BareNetwork.Values;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.train.photo.Planes;
import java.util.Arrays;
import java.util.Optional;

/**
 * A network that is asked what it takes.
 *
 * @param columns how many values it is told besides the picture; 0: it is called with the picture alone
 */
record Stranger(BareNetwork network, Manifest.Range range, int columns) {
    /** As likely as any value of a condition. */
    private static final float TOLD = 0.1f;

    /**
     * Restores a picture in [0,1].
     *
     * @return empty if it does not take this size
     */
    Optional<Planes> restore(Planes picture) {
        return restore(picture, Precision.FLOAT32);
    }

    Optional<Planes> restore(Planes picture, Precision precision) {
        double extent = range.high() - range.low();
        float[] x = picture.values().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (x[i] * extent + range.low());
        }
        long[] shape = {1, picture.channels(), picture.height(), picture.width()};
        return network.run(new Values(shape, x), condition(), precision).filter(answer -> answer.shape()[0] == 1)
                .map(answer -> planes(answer, extent));
    }

    private Planes planes(Values answer, double extent) {
        float[] y = answer.values();
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) ((y[i] - range.low()) / extent);
        }
        return new Planes((int) answer.shape()[1], (int) answer.shape()[2], (int) answer.shape()[3], y);
    }

    /** Whether two pictures at a time come back as each alone does. */
    boolean takesBatches(Planes first, Planes second) {
        float[] both = Arrays.copyOf(first.values(), 2 * first.values().length);
        System.arraycopy(second.values(), 0, both, first.values().length, second.values().length);
        long[] shape = {2, first.channels(), first.height(), first.width()};
        Optional<Values> told = condition().map(one -> new Values(new long[] {2, columns}, told(2 * columns)));
        var unit = new Stranger(network, new Manifest.Range(0, 1), columns);
        Optional<Values> answer = network.run(new Values(shape, both), told, Precision.FLOAT32);
        Optional<Planes> alone = unit.restore(second);
        if (answer.isEmpty() || alone.isEmpty() || answer.get().shape()[0] != 2) {
            return false;
        }
        float[] half = Arrays.copyOfRange(answer.get().values(), answer.get().values().length / 2, answer.get().values().length);
        return half.length == alone.get().values().length && Difference.largest(alone.get().with(half), alone.get()) < 1e-3;
    }

    Optional<Values> condition() {
        return columns == 0 ? Optional.empty() : Optional.of(new Values(new long[] {1, columns}, told(columns)));
    }

    private static float[] told(int count) {
        float[] values = new float[count];
        Arrays.fill(values, TOLD);
        return values;
    }
}
