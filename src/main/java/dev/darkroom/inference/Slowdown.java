package dev.darkroom.inference;

/**
 * How much longer batches take than when they were calibrated, because others use the machine too. Thread-safe.
 *
 * <p>A weighted mean over about the last twenty batches; without it, forecasts would be wrong by whatever has changed since.
 */
final class Slowdown {
    private static final double MEMORY = 0.95;

    private double expected = 1;
    private double actual = 1;

    synchronized void observe(long expectedNanos, long actualNanos) {
        expected = MEMORY * expected + expectedNanos / 1e9;
        actual = MEMORY * actual + actualNanos / 1e9;
    }

    synchronized double factor() {
        return actual / expected;
    }
}
