package dev.darkroom.loss.correspondence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.DoublePrecision;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The features of two pictures as vectors, thinned out to the same random positions where there are too many to compare
 * each with each.
 *
 * @param restored shape (N,C,P) in float64, because distances are differences of nearly equal numbers
 * @param reference likewise
 * @param places row and column of every vector in the feature map, shape (P,2)
 */
record FeatureVectors(NDArray restored, NDArray reference, NDArray places) {

    /** As many as the authors of the contextual loss keep. */
    static final int LIMIT = 65 * 65;

    private static final int TOGETHER = 1024;

    /** Some of the restored picture's vectors, with their places. */
    record Block(NDArray restored, NDArray places) {}

    /** All of the restored picture's vectors, no more at a time than can be compared with each of the reference's at once. */
    List<Block> blocks() {
        int count = (int) restored.getShape().get(2);
        return IntStream.iterate(0, from -> from < count, from -> from + TOGETHER).mapToObj(from -> {
            int to = Math.min(count, from + TOGETHER);
            return new Block(restored.get(new NDIndex().addAllDim(2).addSliceDim(from, to)), places.get(new NDIndex().addSliceDim(from, to)));
        }).toList();
    }

    /** Takes features of shape (N,C,H,W); the vectors, and what is made of them, belong to the scope. */
    static FeatureVectors of(NDArray features, NDArray referenceFeatures, long seed, NDManager scope) {
        Shape shape = features.getShape();
        int positions = (int) (shape.get(2) * shape.get(3));
        int[] kept = positions > LIMIT ? drawn(positions, seed) : IntStream.range(0, positions).toArray();
        return new FeatureVectors(
                vectors(features, kept, scope), vectors(referenceFeatures, kept, scope),
                places(kept, (int) shape.get(3), scope));
    }

    private static int[] drawn(int positions, long seed) {
        var random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, positions).toArray();
        for (int i = 0; i < LIMIT; i++) {
            int other = random.nextInt(i, positions);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return IntStream.of(order).limit(LIMIT).sorted().toArray();
    }

    private static NDArray vectors(NDArray features, int[] kept, NDManager scope) {
        NDArray all = features.flatten(2, -1);
        all.attach(scope);
        boolean complete = all.getShape().get(2) == kept.length;
        NDArray vectors = complete ? all : all.get(":, :, {}", scope.create(kept));
        return DoublePrecision.of(vectors);
    }

    private static NDArray places(int[] kept, int columns, NDManager manager) {
        double[] places = IntStream.of(kept)
                .flatMap(position -> IntStream.of(position / columns, position % columns))
                .asDoubleStream()
                .toArray();
        return manager.create(places, new Shape(kept.length, 2));
    }
}
