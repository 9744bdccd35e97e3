package dev.darkroom.estimate.jpeg;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.file.JpegCoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The JPEG file that a picture is or was, also where it was cut off and saved as something else since.
 *
 * <p>What the file's tables said is found in the pixels: the coefficients of its blocks are multiples of the steps but for rounding (after Fan and de Queiroz 2003, Identification of bitmap
 * compression history). A picture that was made larger or smaller, or whose tones were changed, keeps nothing of it.
 *
 * @param coding of the file
 * @param blocks the picture, or the part of it that was seen, beginning with a whole block
 */
public record JpegPast(JpegCoding coding, Picture blocks) {
    private static final int SIDE = BlockTransform.SIDE;
    private static final int MOST_BLOCKS = 2048;
    /** Frequencies that chroma of half the resolution does not reach. */
    private static final int HIGH = 5;
    /** Squares of the coefficients of what is rounded to 8 bits, and a little more. */
    private static final double SQUARE_OF_NOTHING = 0.45;

    /** Of a file that is at hand. */
    public static JpegPast of(Picture picture, JpegCoding coding) {
        return new JpegPast(coding, picture);
    }

    /** What the pixels say; takes the same time for a picture of any size, some tens of milliseconds. */
    public static Optional<JpegPast> in(Picture picture) {
        Picture seen = picture.opaquePart();
        return BlockGrid.of(seen).map(grid -> grid.cut(seen)).flatMap(blocks -> Steps.of(transformed(blocks), halved(blocks)).map(coding -> new JpegPast(coding, blocks)));
    }

    /** How much was lost: PSNR of luma, dB. */
    public double psnrDb() {
        return JpegLoss.psnrDb(blocks, coding);
    }

    private static List<float[]> transformed(Picture picture) {
        List<float[]> transformed = new ArrayList<>();
        eachBlock(picture, samples -> {
            float[] luma = new float[BlockTransform.FREQUENCIES];
            for (int i = 0; i < luma.length; i++) {
                luma[i] = BlockTransform.luma(samples, i * picture.channels(), picture.channels(), picture.bits());
            }
            transformed.add(BlockTransform.of(luma));
        });
        return transformed;
    }

    /** Where colour has nothing at the high frequencies of a direction it had half the resolution, or might as well have had. */
    private static double halved(Picture picture) {
        if (picture.channels() == 1) {
            return 0;
        }
        double[] across = {0, 0};
        double[] down = {0, 0};
        eachBlock(picture, samples -> {
            for (float[] chroma : chroma(samples, picture.bits())) {
                float[] coefficients = BlockTransform.of(chroma);
                for (int i = 0; i < coefficients.length; i++) {
                    double square = coefficients[i] * coefficients[i];
                    if (i % SIDE >= HIGH) {
                        across[0] += square;
                        across[1]++;
                    }
                    if (i / SIDE >= HIGH) {
                        down[0] += square;
                        down[1]++;
                    }
                }
            }
        });
        return (across[0] < SQUARE_OF_NOTHING * across[1] ? 0.5 : 0) + (down[0] < SQUARE_OF_NOTHING * down[1] ? 0.5 : 0);
    }

    private static List<float[]> chroma(ByteBuffer rgb, int bits) {
        float[] blue = new float[BlockTransform.FREQUENCIES];
        float[] red = new float[BlockTransform.FREQUENCIES];
        for (int i = 0; i < blue.length; i++) {
            float r = BlockTransform.sample(rgb, 3 * i, bits);
            float g = BlockTransform.sample(rgb, 3 * i + 1, bits);
            float b = BlockTransform.sample(rgb, 3 * i + 2, bits);
            blue[i] = -0.168736f * r - 0.331264f * g + 0.5f * b;
            red[i] = 0.5f * r - 0.418688f * g - 0.081312f * b;
        }
        return List.of(blue, red);
    }

    private static void eachBlock(Picture picture, Consumer<ByteBuffer> look) {
        SpreadSquares.each(picture, SIDE, MOST_BLOCKS, look);
    }
}
