package dev.darkroom.loss.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.arithmetic.Seeds;
import dev.darkroom.loss.distribution.RandomProjection.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomProjectionTest {

    private static final int CHANNELS = 12;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void drawsUnitDirectionsAMultipleOfTheChannels(Kind kind) {
        double[][] directions = directions(new RandomProjection(kind, 4, Seeds.fixed(1)));

        assertThat(directions).hasDimensions(4 * CHANNELS, CHANNELS);
        assertThat(List.of(directions)).allSatisfy(direction -> assertThat(dot(direction, direction)).isCloseTo(1, within(1e-12)));
    }

    @Test
    void mixesTwoChannels() {
        double[][] directions = directions(new RandomProjection(Kind.R2P, 8, Seeds.fixed(1)));

        assertThat(List.of(directions)).allSatisfy(direction ->
                assertThat(DoubleStream.of(direction).filter(weight -> weight != 0)).hasSize(2));
    }

    @Test
    void staysCloseToEachChannelInTurn() {
        double[][] directions = directions(new RandomProjection(Kind.RPP, 2, Seeds.fixed(1)));

        for (int i = 0; i < directions.length; i++) {
            // A perturbation of a tenth leans by at most asin(0.1).
            assertThat(directions[i][i % CHANNELS]).isBetween(Math.cos(Math.asin(0.1)) - 1e-12, 1 - 1e-12);
        }
        assertThat(directions[0]).isNotEqualTo(directions[CHANNELS]);
    }

    @Test
    void isUniformOnTheSphere() {
        double[][] directions = directions(new RandomProjection(Kind.RSP, 2000, Seeds.fixed(1)));

        for (int channel = 0; channel < CHANNELS; channel++) {
            double mean = column(directions, channel).average().orElseThrow();
            double square = column(directions, channel).map(x -> x * x).average().orElseThrow();
            // Four standard errors of a coordinate of variance 1/12 over 24,000 draws, and more than that of its square.
            assertThat(mean).isCloseTo(0, within(4 * Math.sqrt(1.0 / CHANNELS / directions.length)));
            assertThat(square).isCloseTo(1.0 / CHANNELS, within(0.004));
        }
    }

    @Test
    void drawsAnewForEveryStepButTheSameForAFixedSeed() {
        var training = new RandomProjection(Kind.RSP, 1, Seeds.stepping(5));
        var again = new RandomProjection(Kind.RSP, 1, Seeds.stepping(5));
        var metric = new RandomProjection(Kind.RSP, 1, Seeds.fixed(5));

        double[][] first = directions(training);
        double[][] second = directions(training);

        assertThat(Arrays.deepEquals(first, second)).isFalse();
        assertThat(directions(again)).isDeepEqualTo(first);
        assertThat(directions(again)).isDeepEqualTo(second);
        assertThat(directions(metric)).isDeepEqualTo(first);
        assertThat(directions(metric)).isDeepEqualTo(first);
    }

    /** What a projection does to the unit vectors. */
    private double[][] directions(Projection projection) {
        NDArray axes = manager.eye(CHANNELS).toType(DataType.FLOAT64, true).expandDims(0);
        NDArray projected = projection.draw(CHANNELS).apply(axes);
        double[] values = projected.toDoubleArray();
        double[][] directions = new double[(int) projected.getShape().get(1)][CHANNELS];
        for (int i = 0; i < values.length; i++) {
            directions[i / CHANNELS][i % CHANNELS] = values[i];
        }
        return directions;
    }

    private static DoubleStream column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
