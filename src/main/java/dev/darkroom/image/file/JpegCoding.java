package dev.darkroom.image.file;

import java.util.List;

/**
 * How much a JPEG file has lost of its picture, as its own tables say.
 *
 * @param quality 1 to 100 on libjpeg's scale; of other programs' tables the one whose luma steps sum to the most similar number
 * @param halved  in how many of the two directions colour has half the resolution of luma, as a share: 0 (4:4:4), 0.5 (4:2:2) or 1 (4:2:0)
 * @param lumaSteps the file's 64 quantisation steps of luma, row by row from the lowest frequency
 */
public record JpegCoding(int quality, double halved, List<Integer> lumaSteps) {
    /** ITU-T T.81, table K.1. */
    private static final List<Integer> LUMA_STEPS_AT_50 = List.of(
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99);

    public JpegCoding {
        lumaSteps = List.copyOf(lumaSteps);
    }

    /** As libjpeg writes it. */
    public JpegCoding(int quality, double halved) {
        this(quality, halved, lumaSteps(quality));
    }

    /** The steps at a quality, as libjpeg's {@code jpeg_quality_scaling} has them. */
    public static List<Integer> lumaSteps(int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return LUMA_STEPS_AT_50.stream().map(step -> Math.max(1, Math.min(255, (step * percent + 50) / 100))).toList();
    }
}
