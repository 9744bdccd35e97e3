package dev.darkroom.image.raw;

import dev.darkroom.image.file.UnsupportedImageException;

/**
 * Of samples from others to their left (TIFF 6.0, section 14; DNG 1.7, Predictor).
 *
 * @param distance in samples; 0: they are stored as they are
 */
record Differences(int distance) {

    /** @throws UnsupportedImageException if the predictor is one for other samples */
    static Differences of(long predictor, int planes) {
        return new Differences(planes * switch ((int) predictor) {
            case 1 -> 0;
            case 2 -> 1;
            case 34892 -> 2;
            case 34893 -> 4;
            default -> throw new UnsupportedImageException("DNGs with predictor %d are not supported".formatted(predictor));
        });
    }

    void undo(short[] row, int bits) {
        int mask = (1 << bits) - 1;
        for (int i = 0; i < row.length; i++) {
            int before = distance > 0 && i >= distance ? row[i - distance] : 0;
            row[i] = (short) (row[i] + before & mask);
        }
    }
}
