package dev.darkroom.image.raw;

import java.util.Optional;

/** Three by three numbers, by rows. */
public record Matrix(double[] values) {
    private static final double SMALLEST_DETERMINANT = 1e-9;

    public static Matrix diagonal(double... three) {
        return new Matrix(new double[] {three[0], 0, 0, 0, three[1], 0, 0, 0, three[2]});
    }

    public static Matrix columns(double[]... three) {
        var values = new double[9];
        for (int i = 0; i < 9; i++) {
            values[i] = three[i % 3][i / 3];
        }
        return new Matrix(values);
    }

    /** This one after the other. */
    public Matrix times(Matrix other) {
        var product = new double[9];
        for (int i = 0; i < 9; i++) {
            int row = i / 3 * 3;
            int column = i % 3;
            product[i] = values[row] * other.values[column] + values[row + 1] * other.values[3 + column] + values[row + 2] * other.values[6 + column];
        }
        return new Matrix(product);
    }

    public double[] times(double... vector) {
        var product = new double[3];
        for (int i = 0; i < 3; i++) {
            product[i] = values[3 * i] * vector[0] + values[3 * i + 1] * vector[1] + values[3 * i + 2] * vector[2];
        }
        return product;
    }

    /** A mixture: {@code share} of the other, the rest of this one. */
    public Matrix towards(Matrix other, double share) {
        var mixed = new double[9];
        for (int i = 0; i < 9; i++) {
            mixed[i] = (1 - share) * values[i] + share * other.values[i];
        }
        return new Matrix(mixed);
    }

    /** Empty if what it does cannot be undone. */
    public Optional<Matrix> inverse() {
        double[] v = values;
        var adjugate = new double[] {
            v[4] * v[8] - v[5] * v[7], v[2] * v[7] - v[1] * v[8], v[1] * v[5] - v[2] * v[4],
            v[5] * v[6] - v[3] * v[8], v[0] * v[8] - v[2] * v[6], v[2] * v[3] - v[0] * v[5],
            v[3] * v[7] - v[4] * v[6], v[1] * v[6] - v[0] * v[7], v[0] * v[4] - v[1] * v[3]};
        double determinant = v[0] * adjugate[0] + v[1] * adjugate[3] + v[2] * adjugate[6];
        if (!(Math.abs(determinant) > SMALLEST_DETERMINANT)) {
            return Optional.empty();
        }
        for (int i = 0; i < 9; i++) {
            adjugate[i] /= determinant;
        }
        return Optional.of(new Matrix(adjugate));
    }
}
