package dev.darkroom.estimate.noise;

import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_core.eigen;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;

/** Eigenvalues of symmetric matrices, by OpenCV. */
final class Eigenvalues {

    private Eigenvalues() {
    }

    /** The eigenvalues of {@code matrix}, smallest first. */
    static double[] ascending(double[][] matrix) {
        try (var symmetric = new Mat(matrix.length, matrix.length, CV_64FC1); var found = new Mat()) {
            DoubleBuffer rows = symmetric.createBuffer();
            for (double[] row : matrix) {
                rows.put(row);
            }
            eigen(symmetric, found);
            var values = new double[matrix.length];
            DoubleBuffer descending = found.createBuffer();
            descending.get(values);
            Arrays.sort(values);
            return values;
        }
    }
}
