package dev.darkroom.image.raw;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.UnsupportedImageException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a DNG says of its camera's colours (DNG 1.7, chapter 6).
 *
 * @param warm    under the light of the lower temperature
 * @param cool    under the other; the same if there is one only
 * @param balance of the amplifiers, red, green and blue
 * @param neutral what gray looks like to the camera as the picture was taken
 * @param whiteX  x of the light's white, CIE 1931, where that is said instead; NaN if not
 * @param whiteY  y of the same
 */
public record CameraColours(Light warm, Light cool, double[] balance, Optional<double[]> neutral, double whiteX, double whiteY) {
    private static final double MOST = 1e3;

    /**
     * The camera under one light.
     *
     * @param kelvin      of the light; NaN if it is not said
     * @param fromXyz     XYZ to the colours of the model's camera
     * @param calibration from the model's to this one's
     * @param forward     balanced colours to XYZ beside D50
     */
    public record Light(double kelvin, Matrix fromXyz, Matrix calibration, Optional<Matrix> forward) {}

    /**
     * Reads them.
     *
     * @throws UnsupportedImageException if the file does not say what its colours mean
     * @throws DamagedImageException     if that is nonsense
     */
    static CameraColours of(Directories directories) {
        Light one = light(directories, DngTag.ILLUMINANT_1, DngTag.COLOUR_MATRIX_1, DngTag.CALIBRATION_1, DngTag.FORWARD_MATRIX_1)
                .orElseThrow(() -> new UnsupportedImageException("the DNG does not say what its colours mean (ColorMatrix1)"));
        Light other = light(directories, DngTag.ILLUMINANT_2, DngTag.COLOUR_MATRIX_2, DngTag.CALIBRATION_2, DngTag.FORWARD_MATRIX_2)
                .filter(light -> light.kelvin > 0 && one.kelvin > 0 && light.kelvin != one.kelvin).orElse(one);
        boolean ordered = !(one.kelvin > other.kelvin);
        double[] white = directories.decimals(DngTag.WHITE_XY, 2);
        boolean said = white.length == 2 && white[0] > 0.05 && white[1] > 0.05 && white[0] + white[1] < 1;
        return new CameraColours(ordered ? one : other, ordered ? other : one, positive(directories, DngTag.ANALOG_BALANCE).orElse(new double[] {1, 1, 1}),
                positive(directories, DngTag.NEUTRAL), said ? white[0] : Double.NaN, said ? white[1] : Double.NaN);
    }

    private static Optional<Light> light(Directories directories, int illuminant, int colours, int calibration, int forward) {
        return matrix(directories, colours).map(fromXyz -> new Light(kelvin((int) first(directories.decimals(illuminant, 1))), fromXyz,
                matrix(directories, calibration).filter(own -> isCalibrated(directories)).orElse(Matrix.diagonal(1, 1, 1)), matrix(directories, forward)));
    }

    private static double first(double[] values) {
        return values.length == 0 ? 0 : values[0];
    }

    private static Optional<Matrix> matrix(Directories directories, int tag) {
        double[] values = directories.decimals(tag, 12);
        if (values.length == 12) {
            throw new UnsupportedImageException("DNGs of sensors with four colours are not supported");
        }
        boolean sound = values.length == 9 && Arrays.stream(values).allMatch(value -> Math.abs(value) <= MOST);
        return sound ? Optional.of(new Matrix(values)) : Optional.empty();
    }

    /** A calibration is for the profile whose signature it has; most files have neither. */
    private static boolean isCalibrated(Directories directories) {
        var first = directories.first();
        return Arrays.equals(first.bytes(DngTag.CALIBRATION_SIGNATURE, 256).orElse(new byte[0]), first.bytes(DngTag.PROFILE_SIGNATURE, 256).orElse(new byte[0]));
    }

    private static Optional<double[]> positive(Directories directories, int tag) {
        double[] values = directories.decimals(tag, 4);
        if (values.length == 0) {
            return Optional.empty();
        }
        if (values.length != 3 || !Arrays.stream(values).allMatch(value -> value > 1 / MOST && value < MOST)) {
            throw new DamagedImageException("the DNG's white balance makes no sense");
        }
        return Optional.of(values);
    }

    /** Of EXIF's light sources (CIPA DC-008, LightSource); NaN of one that has none. */
    private static double kelvin(int source) {
        return switch (source) {
            case 3, 17 -> 2850;
            case 24 -> 3200;
            case 15 -> 3450;
            case 2, 14 -> 4150;
            case 18 -> 4874;
            case 23 -> 5003;
            case 13 -> 5050;
            case 1, 4, 9, 20 -> 5503;
            case 12 -> 6400;
            case 10, 19, 21 -> 6504;
            case 11, 22 -> 7504;
            default -> Double.NaN;
        };
    }
}
