package dev.darkroom.image.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts images into tiles such that a convolutional network gives, tile by tile, exactly what it gives for the whole image.
 *
 * <p>The whole image is the reference: its width and height rounded up to {@code quantum} by mirroring its last
 * columns and rows. Networks pad with zeros at the border of their input, so what they compute near it is right only where
 * the reference has its border too. Hence, in each dimension:
 * <ul>
 * <li>a reference no longer than {@code side} is one input, of the reference's own length;
 * <li>a longer one is covered by inputs of length {@code side}, the first beginning and the last ending exactly where the
 *     reference does, all at multiples of {@code sizeMultiple} so that strides and shuffles fall on the same pixels;
 * <li>the cores partition the image, and each stays at least {@link #halo} away from an edge of its input that is not an
 *     edge of the reference;
 * <li>no smaller number of tiles would do.
 * </ul>
 *
 * @param side                 width and height of a tile's input, a multiple of {@code sizeMultiple}
 * @param receptiveFieldRadius the farthest an input pixel can be from an output pixel it influences, in input pixels
 * @param sizeMultiple         what the network needs its input's sides to be multiples of
 * @param quantum              what the reference's sides are multiples of, itself a multiple of {@code sizeMultiple}: the coarser,
 *                             the more images smaller than a tile share a shape
 */
public record TileGrid(int side, int receptiveFieldRadius, int sizeMultiple, int quantum) {

    public TileGrid {
        if (sizeMultiple < 1 || receptiveFieldRadius < 0 || side % sizeMultiple != 0 || quantum < 1 || quantum % sizeMultiple != 0) {
            throw new IllegalArgumentException("tile side and quantum must be multiples of the network's size multiple");
        }
        if (side < 2 * quantum) {
            // Else a last tile could lie beyond the image, or mirror more than it holds of it.
            throw new IllegalArgumentException("the tile side must be at least twice the quantum");
        }
        if (side <= 2 * roundUp(receptiveFieldRadius, sizeMultiple)) {
            throw new IllegalArgumentException("the tile side must be more than twice the halo");
        }
    }

    /** The receptive-field radius rounded up to the size multiple. */
    public int halo() {
        return roundUp(receptiveFieldRadius, sizeMultiple);
    }

    /** How many tiles {@link #tiles} gives. */
    public int count(int width, int height) {
        return count(width) * count(height);
    }

    /** The tiles of an image, row by row. */
    public List<Tile> tiles(int width, int height) {
        return tiles(width, height, 0, 0);
    }

    /**
     * The tiles of an image whose reference begins {@code leadingColumns} to the left of it and {@code leadingRows} above it,
     * mirrored there too.
     */
    public List<Tile> tiles(int width, int height, int leadingColumns, int leadingRows) {
        var columns = spans(width, leadingColumns);
        var rows = spans(height, leadingRows);
        var tiles = new ArrayList<Tile>(columns.size() * rows.size());
        for (var row : rows) {
            for (var column : columns) {
                tiles.add(new Tile(
                        new Region(column.inputStart, row.inputStart, column.inputLength, row.inputLength),
                        new Region(column.coreStart, row.coreStart, column.coreLength, row.coreLength)));
            }
        }
        return List.copyOf(tiles);
    }

    /** A tile in one dimension. */
    private record Span(int inputStart, int inputLength, int coreStart, int coreLength) {
    }

    private List<Span> spans(int length, int lead) {
        int padded = roundUp(lead + length, quantum);
        int inputLength = Math.min(side, padded);
        int count = count(lead + length);
        var spans = new ArrayList<Span>(count);
        int coreStart = 0;
        for (int i = 0; i < count; i++) {
            int inputStart = inputStart(i, padded - inputLength) - lead;
            int coreEnd = i == count - 1 ? length : inputStart(i + 1, padded - inputLength) - lead + halo();
            spans.add(new Span(inputStart, inputLength, coreStart, coreEnd - coreStart));
            coreStart = coreEnd;
        }
        return spans;
    }

    private int count(int length) {
        int beyondFirst = Math.max(0, roundUp(length, quantum) - side);
        return 1 + (beyondFirst + stride() - 1) / stride();
    }

    /** Inputs overlap by two halos; the last one is moved back so as to end with the reference. */
    private int inputStart(int index, int last) {
        return Math.min(index * stride(), last);
    }

    private int stride() {
        return side - 2 * halo();
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
