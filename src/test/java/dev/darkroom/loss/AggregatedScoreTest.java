package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.loss.AggregatedScore.Row;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the PDL paper, recomputed from their printed PSNR, MS-SSIM and LPIPS. */
class AggregatedScoreTest {

    /** What rounding the columns to their printed digits can move a score by. */
    private static final double ROUNDING = 0.01;

    /** Misprinted: its own row, which holds the lowest LPIPS of the table, gives 0.958. */
    private static final double[] TABLE_3_MISPRINT = {27.81, 0.957, 0.145, 0.944};

    private static final double[][] TABLE_1 = {
        {10.49, .416, 1.289, .032}, {27.14, .906, .311, .748},
        {27.07, .904, .279, .830}, {26.92, .900, .264, .868}, {26.81, .896, .268, .850}, {25.90, .877, .261, .823},
        {25.50, .871, .270, .778},
        {27.02, .905, .283, .820}, {26.72, .895, .296, .765}, {26.30, .884, .308, .714},
        {26.91, .902, .252, .913}, {26.57, .896, .241, .934}, {26.34, .894, .249, .894},
        {26.85, .901, .246, .931}, {26.44, .896, .239, .936}, {25.98, .891, .244, .898},
        {27.10, .906, .250, .930}, {26.74, .899, .243, .936}, {26.62, .898, .233, .972}, {26.48, .895, .238, .943},
        {26.36, .893, .239, .931},
    };

    private static final double[][] TABLE_3 = {
        {28.76, .966, .274, .529}, {28.23, .961, .161, .879}, {28.53, .964, .188, .764}, {28.40, .963, .173, .825},
        {26.21, .941, .150, .860}, {28.21, .961, .169, .839}, TABLE_3_MISPRINT,
    };

    // Its printed line of best values is that of table 3; the scores were computed with the table's own.
    private static final double[][] TABLE_5 = {
        {27.07, .899, .328, .213}, {32.57, .969, .161, .563}, {33.07, .973, .126, .731}, {32.11, .965, .117, .759},
        {32.79, .971, .095, .959}, {33.01, .974, .112, .822}, {32.53, .969, .092, .979}, {31.97, .964, .093, .956},
    };

    private static final double[][] TABLE_6 = {
        {29.54, .953, .208, .450}, {31.77, .974, .176, .584}, {31.70, .973, .144, .713}, {31.50, .972, .138, .738},
        {31.48, .972, .113, .902}, {31.39, .971, .105, .961}, {31.63, .973, .135, .759}, {31.24, .970, .106, .947},
        {31.07, .969, .103, .972},
    };

    private static final double[][] TABLE_7 = {
        {27.10, .906, .250, .931}, {26.74, .899, .243, .937}, {26.62, .898, .233, .974}, {26.36, .893, .239, .932},
        {26.99, .903, .255, .907}, {26.67, .898, .243, .934}, {26.45, .895, .239, .941}, {25.89, .885, .245, .886},
        {26.80, .901, .248, .924}, {26.80, .900, .248, .921}, {26.41, .894, .245, .914},
        {26.50, .892, .243, .924}, {26.98, .904, .249, .929}, {26.47, .894, .247, .907}, {25.75, .880, .250, .861},
    };

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of(1, TABLE_1), Arguments.of(3, TABLE_3), Arguments.of(5, TABLE_5), Arguments.of(6, TABLE_6),
                Arguments.of(7, TABLE_7));
    }

    @ParameterizedTest(name = "table {0}")
    @MethodSource("tables")
    void agreesWithThePublishedTable(int number, double[][] table) {
        double[] scores = scores(table);

        for (int i = 0; i < table.length; i++) {
            if (table[i] != TABLE_3_MISPRINT) {
                assertThat(scores[i]).as("row %d", i).isCloseTo(table[i][3], within(ROUNDING));
            }
        }
    }

    @Test
    void theMisprintOfTable3IsMoreThanRounding() {
        assertThat(scores(TABLE_3)[TABLE_3.length - 1]).isCloseTo(0.958, within(5e-4));
    }

    @Test
    void thePrintedBestValuesOfTable5AreNotItsOwn() {
        double[] printedBest = {28.76, .966, .145, 1};
        double[][] withPrintedBest = Stream.concat(Stream.of(printedBest), Arrays.stream(TABLE_5)).toArray(double[][]::new);

        // They are beaten by its rows, so that their own score would not be the 1 that is printed.
        assertThat(scores(withPrintedBest)[0]).isLessThan(0.6);
    }

    @Test
    void aRowThatIsBestInEverythingScoresOne() {
        assertThat(scores(new double[][] {{30, .9, .1}, {20, .8, .2}})).containsExactly(1, 20 / 30.0 * (.8 / .9) * .5);
    }

    @Test
    void belongsToTheTable() {
        double[][] table = {{30, .9, .1}, {20, .8, .2}};
        double[][] longer = {{30, .9, .1}, {20, .8, .2}, {30, .9, .05}};

        assertThat(scores(longer)[0]).isEqualTo(scores(table)[0] / 2);
    }

    @ParameterizedTest
    @CsvSource({"Infinity, 1, 0", "30, 0.9, 0", "Infinity, 1, 0.1", "30, 0, 0.1", "-1, 0.9, 0.1", "NaN, 0.9, 0.1"})
    void isUndefinedWithoutABestValueToRelateTo(double psnr, double msSsim, double lpips) {
        assertThat(AggregatedScore.of(List.of(new Row(psnr, msSsim, lpips)))).isEmpty();
    }

    @Test
    void isUndefinedForAnEmptyTable() {
        assertThat(AggregatedScore.of(List.of())).isEmpty();
    }

    private static double[] scores(double[][] table) {
        List<Row> rows = Arrays.stream(table).map(row -> new Row(row[0], row[1], row[2])).toList();
        return AggregatedScore.of(rows).orElseThrow();
    }
}
