package dev.darkroom.estimate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EigenvaluesTest {

    @Test
    void sortsTheDiagonalOfADiagonalMatrix() {
        assertThat(Eigenvalues.ascending(new double[][] {{3, 0, 0}, {0, -1, 0}, {0, 0, 2}})).containsExactly(-1, 2, 3);
    }

    @Test
    void solvesTwoByTwo() {
        assertThat(Eigenvalues.ascending(new double[][] {{2, 1}, {1, 2}})).containsExactly(new double[] {1, 3}, within(1e-14));
    }

    @Test
    void findsTheKnownSpectrumOfTheSecondDifference() {
        int size = 49;
        var matrix = new double[size][size];
        var expected = new double[size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 2;
            if (i > 0) {
                matrix[i][i - 1] = matrix[i - 1][i] = -1;
            }
            expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (size + 1));
        }
        assertThat(Eigenvalues.ascending(matrix)).containsExactly(expected, within(1e-12));
    }

    @Test
    void keepsTraceAndNormOfAnyMatrix() {
        var random = new Random(1);
        for (int run = 0; run < 50; run++) {
            int size = 1 + random.nextInt(40);
            var matrix = new double[size][size];
            double trace = 0;
            double squares = 0;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    matrix[i][j] = matrix[j][i] = random.nextGaussian();
                    squares += (i == j ? 1 : 2) * matrix[i][j] * matrix[i][j];
                }
                trace += matrix[i][i];
            }
            double sum = 0;
            double sumOfSquares = 0;
            for (double value : Eigenvalues.ascending(matrix)) {
                sum += value;
                sumOfSquares += value * value;
            }
            assertThat(sum).isCloseTo(trace, within(1e-10));
            assertThat(sumOfSquares).isCloseTo(squares, within(1e-9));
        }
    }

    @Test
    void endsForMatricesWithoutAnInverse() {
        assertThat(Eigenvalues.ascending(new double[4][4])).containsOnly(0);
        var ones = new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
        assertThat(Eigenvalues.ascending(ones)).containsExactly(new double[] {0, 0, 3}, within(1e-14));
    }
}
