package dev.darkroom.enhance;

import java.util.Arrays;

/** Eigenvalues of small symmetric matrices by cyclic Jacobi rotations (Golub and Van Loan, "Matrix Computations", 8.5). */
final class SymmetricEigenvalues {

    /** Convergence is quadratic: even large matrices need fewer than ten. */
    private static final int MAX_SWEEPS = 50;
    private static final double RELATIVE_PRECISION = 1e-14;

    private SymmetricEigenvalues() {
    }

    /** The eigenvalues of {@code matrix}, smallest first; the matrix is used up. */
    static double[] ascending(double[][] matrix) {
        int size = matrix.length;
        double negligible = RELATIVE_PRECISION * norm(matrix) / Math.max(1, size);
        boolean diagonal = false;
        for (int sweep = 0; sweep < MAX_SWEEPS && !diagonal; sweep++) {
            diagonal = true;
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    if (Math.abs(matrix[p][q]) > negligible) {
                        rotate(matrix, p, q);
                        diagonal = false;
                    }
                }
            }
        }
        var values = new double[size];
        Arrays.setAll(values, i -> matrix[i][i]);
        Arrays.sort(values);
        return values;
    }

    /** Turns the plane of axes p and q by the angle that makes their element zero. */
    private static void rotate(double[][] matrix, int p, int q) {
        double cotangent = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tangent = Math.copySign(1, cotangent) / (Math.abs(cotangent) + Math.sqrt(cotangent * cotangent + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        for (var row : matrix) {
            double atP = row[p];
            row[p] = cosine * atP - sine * row[q];
            row[q] = sine * atP + cosine * row[q];
        }
        for (int k = 0; k < matrix.length; k++) {
            double atP = matrix[p][k];
            matrix[p][k] = cosine * atP - sine * matrix[q][k];
            matrix[q][k] = sine * atP + cosine * matrix[q][k];
        }
    }

    private static double norm(double[][] matrix) {
        return Math.sqrt(Arrays.stream(matrix).flatMapToDouble(Arrays::stream).map(x -> x * x).sum());
    }
}
