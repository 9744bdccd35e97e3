package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a picture, seen with enough of its surroundings that the features of all parts together are exactly those of
 * the whole picture.
 */
record Window(Span rows, Span columns) {

    /** How pictures are divided, in pixels: the length of a part, and what it must see before and behind it. */
    record Division(int length, int before, int behind) {

        /** For VGG16, AlexNet and SqueezeNet: strides up to 16, and no feature depends on more than 112 pixels around it. */
        static final Division PADDED = new Division(512, 112, 112);

        /** For convolutions without padding: a feature sees itself and ten pixels to the right and below. */
        static final Division UNPADDED = new Division(512, 0, 10);

        // Every stride divides it, so the features of a part lie where they lie in the whole.
        private static final int ALIGNMENT = 16;
        // Less than this would have no features of its own.
        private static final int SHORTEST = 64;

        private List<Span> spans(long total) {
            long count = (total + length - 1) / length;
            long part = (total / count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            var spans = new ArrayList<Span>();
            for (long from = 0; from < total; ) {
                boolean last = total - from < part + SHORTEST;
                long to = last ? total : from + part;
                spans.add(new Span(Math.max(0, from - before), from, to, Math.min(total, to + behind), last));
                from = to;
            }
            return spans;
        }
    }

    /** Along one axis: what is seen begins, the part begins, the part ends, what is seen ends. */
    record Span(long seenFrom, long from, long to, long seenTo, boolean last) {

        /** The part's own among the features of what is seen; the last part has what lies behind its end, too. */
        private void slice(NDIndex index, long features, int stride) {
            index.addSliceDim((from - seenFrom) / stride, last ? features : (to - seenFrom) / stride);
        }
    }

    static List<Window> of(Shape pictures, Division division) {
        var windows = new ArrayList<Window>();
        for (Span rows : division.spans(pictures.get(2))) {
            for (Span columns : division.spans(pictures.get(3))) {
                windows.add(new Window(rows, columns));
            }
        }
        return windows;
    }

    /** What is seen of pictures of shape (N,C,H,W). */
    NDArray of(NDArray pictures) {
        return pictures.get(new NDIndex().addAllDim(2)
                .addSliceDim(rows.seenFrom, rows.seenTo)
                .addSliceDim(columns.seenFrom, columns.seenTo));
    }

    /** The part's own among the features of what is seen, both of shape (N,C,H',W'). */
    NDArray own(NDArray features, int stride) {
        NDIndex index = new NDIndex().addAllDim(2);
        rows.slice(index, features.getShape().get(2), stride);
        columns.slice(index, features.getShape().get(3), stride);
        return features.get(index);
    }
}
