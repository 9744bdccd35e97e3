package dev.darkroom.estimate.jpeg;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.file.JpegCoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JPEG file that a picture is or was, also where it was cut, turned or saved as something else since.
 *
 * <p>What the file's tables said is found in the pixels: the coefficients of its blocks are multiples of the steps but for rounding (after Fan and de Queiroz 2003, Identification of bitmap
 * compression history). A picture that was made larger or smaller, or whose tones were changed, keeps nothing of it.
 *
 * @param coding of the file, its steps as the picture lies
 * @param blocks the picture, or the part of it that was seen, beginning with a whole block
 */
public record JpegPast(JpegCoding coding, Picture blocks) {
    private static final int SIDE = BlockTransform.SIDE;
    private static final int MOST_BLOCKS = 1024;
    /** Frequencies that chroma of half the resolution does not reach. */
    private static final int HIGH = 5;
    /** Squares of the coefficients of what is rounded to 8 bits, and a little more. */
    private static final double SQUARE_OF_NOTHING = 0.45;
    /** Mean of the logarithms: steps larger by a fifth. */
    private static final double WORSE = 0.2;

    /** Of a file that is at hand. */
    public static JpegPast of(Picture picture, JpegCoding coding) {
        return new JpegPast(coding, picture);
    }

    /** What the pixels say, of which no more are looked at in a large picture than in one of a megapixel. */
    public static Optional<JpegPast> in(Picture picture) {
        Picture seen = picture.opaquePart();
        if (picture.alpha().isPresent() && seen == picture) {
            return Optional.empty(); // nowhere is a block of which every pixel counts
        }
        return BlockGrid.of(seen).map(grid -> grid.cut(seen)).flatMap(JpegPast::ofBlocks);
    }

    private static Optional<JpegPast> ofBlocks(Picture picture) {
        List<float[]> luma = new ArrayList<>();
        var chroma = new HighFrequencies();
        SpreadSquares.each(picture, SIDE, MOST_BLOCKS, samples -> {
            luma.add(BlockTransform.of(luma(samples, picture)));
            if (picture.channels() == 3) {
                chroma(samples, picture.bits()).forEach(plane -> chroma.add(BlockTransform.of(plane)));
            }
        });
        return Steps.of(luma, chroma.halved()).map(coding -> new JpegPast(coding, picture));
    }

    /** How much was lost: PSNR of luma, dB. */
    public double psnrDb() {
        return JpegLoss.psnrDb(blocks, coding);
    }

    /** Whether its steps are clearly larger. */
    public boolean isWorseThan(JpegCoding other) {
        double sum = 0;
        for (int i = 1; i < BlockTransform.FREQUENCIES; i++) {
            sum += Math.log((double) coding.lumaSteps().get(i) / Math.max(1, other.lumaSteps().get(i)));
        }
        return sum / (BlockTransform.FREQUENCIES - 1) > WORSE;
    }

    private static float[] luma(ByteBuffer samples, Picture picture) {
        float[] luma = new float[BlockTransform.FREQUENCIES];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = BlockTransform.luma(samples, i * picture.channels(), picture.channels(), picture.bits());
        }
        return luma;
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

    /** What chroma has at the high frequencies of either direction. */
    private static final class HighFrequencies {
        private double across;
        private double down;
        private long count;

        void add(float[] coefficients) {
            for (int i = 0; i < coefficients.length; i++) {
                double square = coefficients[i] * coefficients[i];
                across += i % SIDE >= HIGH ? square : 0;
                down += i / SIDE >= HIGH ? square : 0;
            }
            count += (SIDE - HIGH) * SIDE;
        }

        /** Where there is nothing, colour had half the resolution, or might as well have had. */
        double halved() {
            return (across < SQUARE_OF_NOTHING * count ? 0.5 : 0) + (down < SQUARE_OF_NOTHING * count ? 0.5 : 0);
        }
    }
}
