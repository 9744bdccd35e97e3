package dev.darkroom.loss;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The PDL paper's equation 7, which ranks the rows of a table: every row's PSNR and MS-SSIM relative to the highest,
 * times the lowest LPIPS relative to its own.
 *
 * <p>A score belongs to the table, not to the row: another row may change it.
 */
public final class AggregatedScore {

    private AggregatedScore() {}

    /**
     * What is ranked.
     *
     * @param psnr in dB
     * @param msSsim 0 to 1, higher is better
     * @param lpips lower is better
     */
    public record Row(double psnr, double msSsim, double lpips) {}

    /**
     * The score of every row, at most 1.
     *
     * @return empty where the best value of a column is 0, infinite or less, as with a row that equals its reference
     */
    public static Optional<double[]> of(List<Row> table) {
        double psnr = highest(table, Row::psnr);
        double msSsim = highest(table, Row::msSsim);
        double lpips = -highest(table, row -> -row.lpips());
        if (!isRatioBase(psnr) || !isRatioBase(msSsim) || !isRatioBase(lpips)) {
            return Optional.empty();
        }
        return Optional.of(table.stream()
                .mapToDouble(row -> row.psnr() / psnr * (row.msSsim() / msSsim) * (lpips / row.lpips()))
                .toArray());
    }

    private static double highest(List<Row> table, ToDoubleFunction<Row> column) {
        return table.stream().mapToDouble(column).max().orElse(Double.NaN);
    }

    private static boolean isRatioBase(double best) {
        return best > 0 && best < Double.POSITIVE_INFINITY;
    }
}
