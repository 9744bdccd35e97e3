package dev.darkroom.estimate.noise;

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
}
