package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.network.FeatureNetwork.Reach;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a picture, seen with enough of its surroundings that the features of all parts together are exactly those of
 * the whole picture.
 */
public record Window(Span rows, Span columns) {

    // Every stride divides it, so the features of a part lie where they lie in the whole.
    private static final int ALIGNMENT = 16;

    // Less than this would have no features of its own.
    private static final int SHORTEST = 64;

    /** Along one axis: what is seen begins, the part begins, the part ends, what is seen ends. */
    record Span(long seenFrom, long from, long to, long seenTo, boolean last) {

        /** The part's own among the features of what is seen; the last part has what lies behind its end, too. */
        private void slice(NDIndex index, long features, int stride) {
            index.addSliceDim((from - seenFrom) / stride, last ? features : (to - seenFrom) / stride);
        }
    }

    /** Covers pictures of shape (N,C,H,W), row by row, for features that see so far. */
    public static List<Window> of(Shape pictures, Reach reach) {
        var windows = new ArrayList<Window>();
        for (Span rows : spans(pictures.get(2), reach)) {
            for (Span columns : spans(pictures.get(3), reach)) {
                windows.add(new Window(rows, columns));
            }
        }
        return windows;
    }

    private static List<Span> spans(long total, Reach reach) {
        long before = aligned(reach.before());
        long longest = aligned(WithinMemory.side() - before - reach.behind() - ALIGNMENT + 1);
        long count = Math.max(1, (total + longest - 1) / longest);
        long part = aligned((total + count - 1) / count);
        var spans = new ArrayList<Span>();
        for (long from = 0; from < total; ) {
            boolean last = total - from < part + SHORTEST;
            long to = last ? total : from + part;
            spans.add(new Span(Math.max(0, from - before), from, to, Math.min(total, to + reach.behind()), last));
            from = to;
        }
        return spans;
    }

    private static long aligned(long pixels) {
        return (pixels + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Whether it is the last of its row. */
    boolean endsRow() {
        return columns.last;
    }

    /** What is seen of pictures of shape (N,C,H,W). */
    public NDArray of(NDArray pictures) {
        return pictures.get(new NDIndex().addAllDim(2)
                .addSliceDim(rows.seenFrom, rows.seenTo)
                .addSliceDim(columns.seenFrom, columns.seenTo));
    }

    /** The part's own among the features of what is seen, both of shape (N,C,H',W'). */
    public NDArray own(NDArray features, int stride) {
        NDIndex index = new NDIndex().addAllDim(2);
        rows.slice(index, features.getShape().get(2), stride);
        columns.slice(index, features.getShape().get(3), stride);
        return features.get(index);
    }
}
