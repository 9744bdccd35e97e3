package dev.darkroom.image.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts images into tiles such that a convolutional network gives, tile by tile, exactly what it gives for the whole image.
 *
 * <p>The whole image is the reference: its width and height rounded up by mirroring its last columns and rows, as {@link #reference}
 * says. Networks pad with zeros at the border of their input, so what they compute near it is right only where
 * the reference has its border too. Hence, in each dimension:
 * <ul>
 * <li>a reference no longer than a tile is one input, of the reference's own length;
 * <li>a longer one is covered by inputs of a tile's length, the first beginning and the last ending exactly where the
 *     reference does, all at multiples of {@code sizeMultiple} so that strides and shuffles fall on the same pixels;
 * <li>the cores partition the image, and each stays at least {@link #halo} away from an edge of its input that is not an
 *     edge of the reference;
 * <li>no smaller number of tiles would do.
 * </ul>
 *
 * @param width        of a tile's input, a multiple of {@code sizeMultiple}
 * @param height       of a tile's input, a multiple of {@code sizeMultiple}
 * @param reach        the farthest an input pixel can be from an output pixel that it changes by as much as counts, in input pixels
 * @param sizeMultiple what the network needs its input's sides to be multiples of
 * @param quantum      what a reference's short sides are multiples of, itself a multiple of {@code sizeMultiple}: the coarser,
 *                     the more images smaller than a tile share a shape
 */
public record TileGrid(int width, int height, int reach, int sizeMultiple, int quantum) {
    /** Fitted tiles have sides of a multiple of this: convolutions like their rows even. */
    private static final int EVEN = 16;

    /** A side of more quanta is longer than tiles are, 896 pixels: it is cut, and has no shape in common with others but the tiles'. */
    private static final int LONGEST_UNCUT = 14;

    public TileGrid {
        if (sizeMultiple < 1 || reach < 0 || width % sizeMultiple != 0 || height % sizeMultiple != 0 || quantum < 1 || quantum % sizeMultiple != 0) {
            throw new IllegalArgumentException("tile side and quantum must be multiples of the network's size multiple");
        }
        if (Math.min(width, height) < 2 * quantum) {
            // Else a last tile could lie beyond the image, or mirror more than it holds of it.
            throw new IllegalArgumentException("the tile side must be at least twice the quantum");
        }
        if (Math.min(width, height) <= 2 * roundUp(reach, sizeMultiple)) {
            throw new IllegalArgumentException("the tile side must be more than twice the halo");
        }
    }

    /** The length of the reference: that of an image in one dimension, rounded up to {@code quantum} or, if it is long, no further than convolutions like. */
    public static int reference(int length, int sizeMultiple, int quantum) {
        return roundUp(length, length <= LONGEST_UNCUT * quantum ? quantum : Math.min(quantum, roundUp(EVEN, sizeMultiple)));
    }

    private int reference(int length) {
        return reference(length, sizeMultiple, quantum);
    }

    /** Of square tiles. */
    public TileGrid(int side, int reach, int sizeMultiple, int quantum) {
        this(side, side, reach, sizeMultiple, quantum);
    }

    /** As many tiles for an image of this size, none larger, but so that they overlap by no more than they must. */
    public TileGrid fittedTo(int imageWidth, int imageHeight) {
        return new TileGrid(fitted(width, imageWidth), fitted(height, imageHeight), reach, sizeMultiple, quantum);
    }

    private int fitted(int side, int length) {
        int count = along(side, length);
        int even = roundUp(EVEN, sizeMultiple);
        int overlaps = 2 * halo() * (count - 1);
        int least = roundUp((reference(length) + overlaps + count - 1) / count, even);
        return count == 1 ? side : Math.min(side, Math.max(least, roundUp(2 * Math.max(quantum, halo() + 1), even)));
    }

    /** The reach rounded up to the size multiple. */
    public int halo() {
        return roundUp(reach, sizeMultiple);
    }

    /** How many tiles {@link #tiles} gives. */
    public int count(int imageWidth, int imageHeight) {
        return along(width, imageWidth) * along(height, imageHeight);
    }

    /** Of a tile's input in an image of this size. */
    public int inputWidth(int imageWidth) {
        return Math.min(width, reference(imageWidth));
    }

    /** Of a tile's input in an image of this size. */
    public int inputHeight(int imageHeight) {
        return Math.min(height, reference(imageHeight));
    }

    /** The tiles of an image, row by row. */
    public List<Tile> tiles(int imageWidth, int imageHeight) {
        return tiles(imageWidth, imageHeight, 0, 0);
    }

    /**
     * The tiles of an image whose reference begins {@code leadingColumns} to the left of it and {@code leadingRows} above it,
     * mirrored there too.
     */
    public List<Tile> tiles(int imageWidth, int imageHeight, int leadingColumns, int leadingRows) {
        var columns = spans(width, imageWidth, leadingColumns);
        var rows = spans(height, imageHeight, leadingRows);
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

    private List<Span> spans(int side, int length, int lead) {
        int padded = reference(lead + length);
        int inputLength = Math.min(side, padded);
        int count = along(side, lead + length);
        var spans = new ArrayList<Span>(count);
        int coreStart = 0;
        for (int i = 0; i < count; i++) {
            int inputStart = inputStart(side, i, padded - inputLength) - lead;
            int coreEnd = i == count - 1 ? length : inputStart(side, i + 1, padded - inputLength) - lead + halo();
            spans.add(new Span(inputStart, inputLength, coreStart, coreEnd - coreStart));
            coreStart = coreEnd;
        }
        return spans;
    }

    /** How many tiles there are in one dimension. */
    private int along(int side, int length) {
        int beyondFirst = Math.max(0, reference(length) - side);
        return 1 + (beyondFirst + stride(side) - 1) / stride(side);
    }

    /** Inputs overlap by two halos; the last one is moved back so as to end with the reference. */
    private int inputStart(int side, int index, int last) {
        return Math.min(index * stride(side), last);
    }

    private int stride(int side) {
        return side - 2 * halo();
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
