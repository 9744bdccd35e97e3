package dev.darkroom.estimate.noise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Noise of any colour, as it stands in a file: standard deviations within squares of 16 pixels, on the 0..255 scale.
 *
 * <p>A camera smooths its noise, luma over a pixel and chroma over many, so that one number does not describe it and the weakest
 * frequencies, by which white noise is recognised, hold next to nothing of it.
 *
 * @param luma   of BT.601's luma
 * @param chroma of Cb and Cr, their root mean square
 */
public record NoiseLevels(double luma, double chroma) {
    public static final String LUMA = "noise/luma";
    public static final String CHROMA = "noise/chroma";

    /** Of independent noise of the same strength in R, G and B. */
    private static final double LUMA_OF_WHITE = 0.6685;
    private static final double CHROMA_OF_WHITE = 0.6402;

    /** @param sigma255 of white noise, equal and independent in all channels */
    public static NoiseLevels ofWhite(double sigma255) {
        return new NoiseLevels(LUMA_OF_WHITE * sigma255, CHROMA_OF_WHITE * sigma255);
    }

    /** Of white noise in a gray picture. */
    public static NoiseLevels ofGray(double sigma255) {
        return new NoiseLevels(sigma255, 0);
    }

    /**
     * Known, because the picture is known without it: in the quarter of its squares with the least texture, which is where an estimate has
     * to look.
     *
     * @param clean (3,H,W) in [0,1]
     * @param noisy the same
     */
    public static NoiseLevels between(float[] clean, float[] noisy, int width, int height) {
        record Place(double texture, Square noise) {}
        List<Place> places = new ArrayList<>();
        float[] square = new float[3 * Square.PIXELS];
        for (int y = 0; y + Square.SIDE <= height; y += Square.SIDE) {
            for (int x = 0; x + Square.SIDE <= width; x += Square.SIDE) {
                double texture = cut(clean, null, x, y, width, height, square).luma();
                places.add(new Place(texture, cut(noisy, clean, x, y, width, height, square)));
            }
        }
        List<Square> smooth = places.stream().sorted(Comparator.comparingDouble(Place::texture)).limit((places.size() + 3) / 4).map(Place::noise).toList();
        return new NoiseLevels(Math.sqrt(smooth.stream().mapToDouble(Square::luma).average().orElse(0)),
                Math.sqrt(smooth.stream().mapToDouble(Square::chroma).average().orElse(0)));
    }

    /** @param less is subtracted if it is not null */
    private static Square cut(float[] picture, float[] less, int x, int y, int width, int height, float[] square) {
        for (int i = 0; i < square.length; i++) {
            int place = i % Square.PIXELS;
            int from = (i / Square.PIXELS * height + y + place / Square.SIDE) * width + x + place % Square.SIDE;
            square[i] = 255 * (less == null ? picture[from] : picture[from] - less[from]);
        }
        return Square.of(square);
    }
}
