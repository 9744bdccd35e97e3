package dev.darkroom.image.file;

/**
 * How much a JPEG file has lost of its picture, as its own tables say.
 *
 * @param quality 1 to 100 on libjpeg's scale; of other programs' tables the one whose luma steps sum to the most similar number
 * @param halved  in how many of the two directions colour has half the resolution of luma, as a share: 0 (4:4:4), 0.5 (4:2:2) or 1 (4:2:0)
 */
public record JpegCoding(int quality, double halved) {
    /** ITU-T T.81, table K.1; a sum does not ask for the order. */
    private static final int[] LUMA_STEPS_AT_50 = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};
    static final int STEPS = LUMA_STEPS_AT_50.length;

    /** @param sum of the file's 64 quantisation steps for luma */
    static int qualityOf(long sum) {
        int nearest = 1;
        for (int quality = 2; quality <= 100; quality++) {
            if (Math.abs(sum(quality) - sum) <= Math.abs(sum(nearest) - sum)) {
                nearest = quality;
            }
        }
        return nearest;
    }

    /** As libjpeg's {@code jpeg_quality_scaling} has it. */
    private static long sum(int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        long sum = 0;
        for (int step : LUMA_STEPS_AT_50) {
            sum += Math.max(1, Math.min(255, (step * percent + 50) / 100));
        }
        return sum;
    }
}
