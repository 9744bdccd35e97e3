package dev.darkroom.inference;

/**
 * How much longer a device's batches take than when they were calibrated, because others use it too. Thread-safe.
 *
 * <p>A weighted mean over about the last twenty batches; without it, forecasts would be wrong by whatever has changed since.
 */
final class Slowdown {
    private static final double MEMORY = 0.95;

    private double expected = 1;
    private double actual;

    /** @param factor until there is something to learn from */
    Slowdown(double factor) {
        actual = factor;
    }

    /** @param expectedNanos what a batch of as many tiles took when it was calibrated */
    synchronized void observe(long expectedNanos, long actualNanos) {
        expected = MEMORY * expected + expectedNanos / 1e9;
        actual = MEMORY * actual + actualNanos / 1e9;
    }

    synchronized double factor() {
        return actual / expected;
    }
}
