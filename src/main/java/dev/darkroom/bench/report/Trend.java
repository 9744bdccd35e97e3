package dev.darkroom.bench.report;

import java.util.List;

/** How something changes with time: the straight line of least squares through samples. */
public record Trend(double slopePerSecond) {

    /** @param seconds one for each value; fewer than two moments have no slope, 0 */
    public static Trend of(List<Double> seconds, List<Double> values) {
        double meanTime = mean(seconds);
        double meanValue = mean(values);
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < values.size(); i++) {
            covariance += (seconds.get(i) - meanTime) * (values.get(i) - meanValue);
            variance += (seconds.get(i) - meanTime) * (seconds.get(i) - meanTime);
        }
        return new Trend(variance == 0 ? 0 : covariance / variance);
    }

    public static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
