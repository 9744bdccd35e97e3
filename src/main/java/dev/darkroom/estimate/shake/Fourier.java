package dev.darkroom.estimate.shake;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC2;
import static org.bytedeco.opencv.global.opencv_core.DFT_COMPLEX_OUTPUT;
import static org.bytedeco.opencv.global.opencv_core.DFT_INVERSE;
import static org.bytedeco.opencv.global.opencv_core.DFT_REAL_OUTPUT;
import static org.bytedeco.opencv.global.opencv_core.DFT_SCALE;
import static org.bytedeco.opencv.global.opencv_core.dft;

import java.nio.FloatBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Fourier transforms of pictures of one size, on a torus.
 *
 * <p>A spectrum has a real and an imaginary part for each pixel, interleaved. Belongs to one thread; frees its memory when closed.
 */
final class Fourier implements AutoCloseable {
    private final Mat picture;
    private final Mat spectrum;
    private final FloatBuffer pixels;
    private final FloatBuffer waves;

    Fourier(int width, int height) {
        picture = new Mat(height, width, CV_32FC1);
        spectrum = new Mat(height, width, CV_32FC2);
        pixels = picture.createBuffer();
        waves = spectrum.createBuffer();
    }

    float[] of(float[] values) {
        pixels.put(0, values);
        dft(picture, spectrum, DFT_COMPLEX_OUTPUT, 0);
        float[] transformed = new float[2 * values.length];
        waves.get(0, transformed);
        return transformed;
    }

    /** Only for spectra of real pictures. */
    float[] back(float[] transformed) {
        waves.put(0, transformed);
        dft(spectrum, picture, DFT_INVERSE | DFT_REAL_OUTPUT | DFT_SCALE, 0);
        float[] values = new float[transformed.length / 2];
        pixels.get(0, values);
        return values;
    }

    @Override
    public void close() {
        picture.close();
        spectrum.close();
    }
}
