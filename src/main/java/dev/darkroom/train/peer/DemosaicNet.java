package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The demosaicking network for Bayer patterns in its published form without noise (Gharbi, Chaurasia, Paris, Durand: Deep
 * Joint Demosaicking and Denoising, 2016): fifteen convolutions on the mosaic packed 2x2 into channels, the last of which
 * gives features and their masks, and one at full resolution on the mosaic beside what they found.
 *
 * <p>No layer pads, so the mosaic is continued by reflection around its outermost pixels and the result has its size.
 */
public final class DemosaicNet implements AutoCloseable {

    private static final int DEPTH = 15;
    private static final int FEATURES = 64;
    // Each packed layer takes two pixels from every side, the one at full resolution takes one.
    private static final int LOST_PACKED = 2 * DEPTH;
    private static final int LOST = LOST_PACKED + 1;
    // Even, so that the pattern begins where the network expects it.
    private static final int BORDER = LOST + 1;
    // Where G R / B G has red, green and blue.
    private static final float[] SAMPLES = {0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0};

    private final Weights weights;
    private final Convolution packing;
    private final List<Convolution> trunk;
    private final Convolution residual;
    private final Convolution enlarging;
    private final Convolution fullSize;
    private final Convolution output;

    /** The colours of a mosaic's upper left 2x2 pixels, in reading order. */
    public enum Pattern {
        GRBG(0, 0), RGGB(0, 1), BGGR(1, 0), GBRG(1, 1);

        // How many more of them above and to the left would make the mosaic begin with G R / B G.
        private final int rows;
        private final int columns;

        Pattern(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }
    }

    /**
     * Takes the weights under the names of the public state dictionary, {@code main_processor.pack_mosaic.weight} to
     * {@code fullres_processor.output.bias}.
     *
     * @param parent closes the network, unless that is done before
     * @throws UnfitWeightsException if one is missing or has another shape
     */
    public DemosaicNet(NDManager parent, WeightSource source) {
        weights = new Weights("demosaicnet for Bayer patterns", parent, source);
        packing = weights.convolution("main_processor.pack_mosaic", 3, 4, 2).unpadded().withStride(2);
        trunk = IntStream.rangeClosed(1, DEPTH).mapToObj(this::trunkLayer).toList();
        residual = weights.convolution("residual_predictor", FEATURES, 12, 1);
        enlarging = enlarging();
        fullSize = weights.convolution("fullres_processor.post_conv", 6, FEATURES, 3).unpadded();
        output = weights.convolution("fullres_processor.output", FEATURES, 3, 1);
    }

    private Convolution trunkLayer(int number) {
        int inputs = number == 1 ? 4 : FEATURES;
        int outputs = number == DEPTH ? 2 * FEATURES : FEATURES;
        return weights.convolution("main_processor.conv" + number, inputs, outputs, 3).unpadded();
    }

    /**
     * The published transposed convolution, of three groups, has a stride as long as its kernel: no two of its kernels
     * overlap, so it is a pointwise convolution before a pixel shuffle.
     */
    private Convolution enlarging() {
        NDArray weight = weights.array("upsampler.weight", 12, 1, 2, 2);
        NDArray bias = weights.array("upsampler.bias", 3);
        return new Convolution(
                weight.reshape(3, 4, 4).transpose(0, 2, 1).reshape(12, 4, 1, 1), bias.repeat(4), 1, 0, 3);
    }

    /**
     * Interpolates the missing colours of a mosaic.
     *
     * @param mosaic shape (N,1,H,W), on the 0..1 scale of display values (sRGB, not linear light), H and W at least 2
     * @return shape (N,3,H,W), RGB, not clipped, in the input's manager
     * @throws IllegalArgumentException if H or W is 1
     */
    public NDArray restore(NDArray mosaic, Pattern pattern) {
        return Scope.run(mosaic, mosaic.getManager(), input -> demosaicked(input, pattern));
    }

    private NDArray demosaicked(NDArray mosaic, Pattern pattern) {
        long height = mosaic.getShape().get(2);
        long width = mosaic.getShape().get(3);
        int top = BORDER + pattern.rows;
        int left = BORDER + pattern.columns;
        NDArray continued = Border.mirror(
                mosaic, top, left, BORDER + (top + height) % 2, BORDER + (left + width) % 2);
        return Border.crop(interpolated(samples(continued)), top - LOST, left - LOST, height, width);
    }

    /** (N,1,H,W) to (N,3,H,W) with zeros where a colour was not recorded. */
    private static NDArray samples(NDArray mosaic) {
        Shape shape = mosaic.getShape();
        NDArray pattern = mosaic.getManager().create(SAMPLES, new Shape(1, 3, 2, 2));
        return mosaic.mul(pattern.tile(new long[] {1, 1, shape.get(2) / 2, shape.get(3) / 2}));
    }

    private NDArray interpolated(NDArray samples) {
        NDArray features = masked(Convolution.rectified(trunk, packing.linear(samples)));
        NDArray found = PixelShuffle.unfold(enlarging.linear(residual.linear(features)));
        Shape shape = found.getShape();
        NDArray inside = Border.crop(samples, LOST_PACKED, LOST_PACKED, shape.get(2), shape.get(3));
        return output.linear(fullSize.rectified(inside.concat(found, 1)));
    }

    private static NDArray masked(NDArray featuresAndMasks) {
        NDList halves = featuresAndMasks.split(2, 1);
        return halves.get(0).mul(halves.get(1));
    }

    @Override
    public void close() {
        weights.close();
    }
}
