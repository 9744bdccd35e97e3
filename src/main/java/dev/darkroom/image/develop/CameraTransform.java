package dev.darkroom.image.develop;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.raw.CameraColours;
import dev.darkroom.image.raw.CameraColours.Light;
import dev.darkroom.image.raw.Matrix;
import java.util.Optional;

/**
 * From a camera's colours to XYZ, under one light (DNG 1.7, chapter 6).
 *
 * @param factors by which red, green and blue are balanced; the smallest is 1
 * @param toXyz   balanced colours, of which (1, 1, 1) is white, to XYZ beside D50
 * @param white   of the light
 */
record CameraTransform(double[] factors, Matrix toXyz, White white) {
    private static final int MOST_ROUNDS = 30;
    private static final double CLOSE = 1e-7;
    /** Bradford's cone responses (ICC.1, annex E). */
    private static final Matrix CONES = new Matrix(new double[] {0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296});
    /** The largest factor of a colour against another: a light that a sensor hardly sees in one of them. */
    private static final double MOST_APART = 64;

    /** @throws DamagedImageException if what the file says of its colours leads nowhere */
    static CameraTransform of(CameraColours camera, WhiteBalance balance) {
        double[] neutral = neutral(camera, balance);
        White white = balance instanceof WhiteBalance.Temperature light ? White.ofBlackBody(light.kelvin()) : white(camera, neutral);
        double[] factors = {1 / neutral[0], 1 / neutral[1], 1 / neutral[2]};
        double least = Math.min(factors[0], Math.min(factors[1], factors[2]));
        for (int i = 0; i < 3; i++) {
            factors[i] /= least;
            if (!(factors[i] <= MOST_APART)) {
                throw nonsense();
            }
        }
        return new CameraTransform(factors, toXyz(camera, white, neutral), white);
    }

    /** What gray looks like to the camera. */
    private static double[] neutral(CameraColours camera, WhiteBalance balance) {
        if (balance instanceof WhiteBalance.Factors factors) {
            return new double[] {1 / factors.red(), 1 / factors.green(), 1 / factors.blue()};
        }
        if (balance instanceof WhiteBalance.Temperature light) {
            return seen(camera, White.ofBlackBody(light.kelvin()));
        }
        boolean said = !Double.isNaN(camera.whiteX());
        return camera.neutral().orElseGet(() -> seen(camera, said ? new White(camera.whiteX(), camera.whiteY()) : White.D50));
    }

    private static double[] seen(CameraColours camera, White white) {
        double[] neutral = fromXyz(camera, white).times(white.xyz());
        requirePositive(neutral);
        return neutral;
    }

    private static void requirePositive(double[] colours) {
        if (!(colours[0] > 0 && colours[1] > 0 && colours[2] > 0)) {
            throw nonsense();
        }
    }

    /** The light under which the camera sees gray so: that depends on its matrix, and the matrix on the light. */
    private static White white(CameraColours camera, double[] neutral) {
        White white = White.D50;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            White next = White.of(inverse(fromXyz(camera, white)).times(neutral));
            if (!next.isSensible()) {
                throw nonsense();
            }
            boolean there = Math.abs(next.x() - white.x()) + Math.abs(next.y() - white.y()) < CLOSE;
            white = next;
            if (there) {
                break;
            }
        }
        return white;
    }

    private static Matrix toXyz(CameraColours camera, White white, double[] neutral) {
        Matrix own = own(camera, white);
        double share = share(camera, white);
        Optional<Matrix> forward = camera.warm().forward().flatMap(warm -> camera.cool().forward().map(cool -> warm.towards(cool, share)));
        if (forward.isPresent()) {
            double[] model = inverse(own).times(neutral);
            requirePositive(model);
            Matrix balanced = Matrix.diagonal(1 / model[0], 1 / model[1], 1 / model[2]).times(inverse(own)).times(Matrix.diagonal(neutral));
            return whiteKept(forward.get()).times(balanced);
        }
        Matrix adapted = adaptation(white).times(inverse(fromXyz(camera, white))).times(Matrix.diagonal(neutral));
        double luminance = adapted.times(1, 1, 1)[1];
        if (!(luminance > 0)) {
            throw nonsense();
        }
        return Matrix.diagonal(1 / luminance, 1 / luminance, 1 / luminance).times(adapted);
    }

    /** A forward matrix is rounded; its white is that of D50. */
    private static Matrix whiteKept(Matrix forward) {
        double[] sum = forward.times(1, 1, 1);
        double[] white = White.D50.xyz();
        requirePositive(sum);
        return Matrix.diagonal(white[0] / sum[0], white[1] / sum[1], white[2] / sum[2]).times(forward);
    }

    private static Matrix fromXyz(CameraColours camera, White white) {
        return own(camera, white).times(camera.warm().fromXyz().towards(camera.cool().fromXyz(), share(camera, white)));
    }

    /** What sets this camera apart from its model's: calibration and amplifiers. */
    private static Matrix own(CameraColours camera, White white) {
        return Matrix.diagonal(camera.balance()).times(camera.warm().calibration().towards(camera.cool().calibration(), share(camera, white)));
    }

    /** Of the cooler light, by the inverse of temperatures. */
    private static double share(CameraColours camera, White white) {
        Light warm = camera.warm();
        Light cool = camera.cool();
        if (warm == cool) {
            return 0;
        }
        double share = (1 / warm.kelvin() - 1 / white.kelvin()) / (1 / warm.kelvin() - 1 / cool.kelvin());
        return Math.max(0, Math.min(1, share));
    }

    private static Matrix adaptation(White white) {
        double[] from = CONES.times(white.xyz());
        double[] to = CONES.times(White.D50.xyz());
        return inverse(CONES).times(Matrix.diagonal(to[0] / from[0], to[1] / from[1], to[2] / from[2])).times(CONES);
    }

    private static Matrix inverse(Matrix matrix) {
        return matrix.inverse().orElseThrow(CameraTransform::nonsense);
    }

    private static DamagedImageException nonsense() {
        return new DamagedImageException("what the DNG says of its colours, or the white balance that is asked for, makes no sense");
    }
}
