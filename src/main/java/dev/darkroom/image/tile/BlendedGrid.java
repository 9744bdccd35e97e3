package dev.darkroom.image.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts images into tiles for networks that see more than any tile holds: the tiles overlap, and their answers are blended over the whole
 * overlap with a raised cosine, so that no seam shows where they disagree.
 *
 * <p>As with {@link TileGrid}, inputs begin and end where the reference does, and no smaller number of them would overlap enough; they are
 * spread evenly. A network of one size alone, whose {@code sizeMultiple} is its {@code side}, has every image mirrored to at least that.
 *
 * @param side         width and height of a tile's input, a multiple of {@code sizeMultiple}
 * @param margin       what next to a tile's edge is worth little, px; inputs overlap by at least twice as much
 * @param sizeMultiple what the network needs its input's sides to be multiples of
 * @param quantum      what the reference's sides are multiples of, unless there is one size alone
 */
public record BlendedGrid(int side, int margin, int sizeMultiple, int quantum) {

    public BlendedGrid {
        if (sizeMultiple < 1 || margin < 0 || side % sizeMultiple != 0) {
            throw new IllegalArgumentException("the tile side must be a multiple of the network's size multiple");
        }
        if (sizeMultiple < side && (quantum < 1 || quantum % sizeMultiple != 0 || side < 2 * quantum)) {
            throw new IllegalArgumentException("the tile side must be at least twice the quantum, which must be a multiple of the size multiple");
        }
        if (side <= 2 * roundUp(margin, sizeMultiple == side ? 1 : sizeMultiple)) {
            throw new IllegalArgumentException("the tile side must be more than twice the margin");
        }
    }

    /** The tiles of an image, row by row. */
    public List<Tile> tiles(int width, int height) {
        List<Span> columns = spans(width);
        List<Span> rows = spans(height);
        var tiles = new ArrayList<Tile>(columns.size() * rows.size());
        for (Span row : rows) {
            for (Span column : columns) {
                tiles.add(new Tile(new Region(column.start, row.start, column.length, row.length),
                        new Region(column.start, row.start, column.kept, row.kept), column.fade, row.fade));
            }
        }
        return List.copyOf(tiles);
    }

    /** A tile in one dimension; what lies beyond the image is not kept. */
    private record Span(int start, int length, int kept, Fade fade) {}

    private List<Span> spans(int length) {
        int padded = isOneSize() ? Math.max(side, length) : roundUp(length, quantum);
        int input = Math.min(side, padded);
        int[] starts = starts(padded - input);
        var spans = new ArrayList<Span>(starts.length);
        for (int i = 0; i < starts.length; i++) {
            spans.add(new Span(starts[i], input, Math.min(input, length - starts[i]), fade(starts, i)));
        }
        return spans;
    }

    private int[] starts(int last) {
        int overlap = 2 * roundUp(margin, alignment());
        int steps = (last + side - overlap - 1) / (side - overlap);
        int[] starts = new int[steps + 1];
        for (int i = 1; i <= steps; i++) {
            starts[i] = (int) ((long) last * i / steps) / alignment() * alignment();
        }
        return starts;
    }

    private Fade fade(int[] starts, int index) {
        if (starts.length == 1) {
            return Fade.NONE;
        }
        var out = new ArrayList<Fade.Ramp>();
        for (int next = index + 1; next < starts.length && starts[next] < starts[index] + side; next++) {
            out.add(ramp(starts, next));
        }
        return new Fade(index == 0 ? Fade.Ramp.BEFORE_ALL : ramp(starts, index), out);
    }

    private Fade.Ramp ramp(int[] starts, int index) {
        return new Fade.Ramp(starts[index], starts[index - 1] + side);
    }

    private boolean isOneSize() {
        return sizeMultiple == side;
    }

    private int alignment() {
        return isOneSize() ? 1 : sizeMultiple;
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
