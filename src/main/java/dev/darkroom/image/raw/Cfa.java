package dev.darkroom.image.raw;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;
import java.util.Arrays;

/** Reads which colours a sensor's filters have. */
final class Cfa {
    private static final byte[] RED_GREEN_BLUE = {0, 1, 2};
    private static final int RED = 0;
    private static final int GREEN = 1;
    private static final int BLUE = 2;
    private static final int MOST = 64;

    private Cfa() {}

    /**
     * Of a mosaic.
     *
     * @throws UnsupportedImageException if it is none of red, two greens and blue
     */
    static BayerPattern pattern(TiffDirectory directory) {
        int rows = (int) directory.number(DngTag.CFA_SIZE, 0, 0);
        int columns = (int) directory.number(DngTag.CFA_SIZE, 1, 0);
        byte[] colours = directory.bytes(DngTag.CFA, MOST).orElseThrow(() -> new DamagedImageException("the DNG does not say what its filters' colours are"));
        byte[] planes = directory.bytes(DngTag.PLANE_COLOURS, MOST).orElse(RED_GREEN_BLUE);
        if (rows == 6 && columns == 6) {
            throw new UnsupportedImageException("DNGs of X-Trans sensors are not supported; those of sensors with a Bayer pattern are");
        }
        if (rows != 2 || columns != 2 || directory.number(DngTag.CFA_LAYOUT, 1) != 1 || !Arrays.equals(planes, RED_GREEN_BLUE)) {
            throw new UnsupportedImageException("DNGs of sensors without a Bayer pattern (%d x %d filters of %d colours) are not supported"
                    .formatted(rows, columns, planes.length));
        }
        if (colours.length != 4) {
            throw new DamagedImageException("the DNG does not say what its filters' colours are");
        }
        for (int i = 0; i < 4; i++) {
            boolean bayer = colours[i] == RED && colours[3 - i] == BLUE && colours[i ^ 1] == GREEN && colours[3 - i ^ 1] == GREEN;
            if (bayer) {
                return BayerPattern.withRedAt(i % 2, i / 2);
            }
        }
        throw new UnsupportedImageException("DNGs of sensors without a Bayer pattern are not supported");
    }
}
