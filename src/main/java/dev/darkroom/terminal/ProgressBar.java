package dev.darkroom.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows on one line of a terminal how much is done and how long the rest will take; may be told by any thread. */
public final class ProgressBar implements AutoCloseable {
    private static final String TERMINAL = "darkroom.terminal";
    private static final int WIDTH = 30;
    /** Before, a guess at the time left would be one. */
    private static final double LEAST_DONE = 0.02;

    private final PrintWriter terminal;
    private final boolean shown;
    private final long steps;
    private final LongSupplier nanoTime;
    private final long began;
    private long done;

    /** Of a command; only where the launcher has seen that standard error is a terminal. */
    public ProgressBar(PrintWriter terminal, long steps) {
        this(terminal, Boolean.getBoolean(TERMINAL), steps, System::nanoTime);
    }

    ProgressBar(PrintWriter terminal, boolean shown, long steps, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.shown = shown;
        this.steps = steps;
        this.nanoTime = nanoTime;
        began = nanoTime.getAsLong();
    }

    /** A bar that is never shown. */
    public static ProgressBar none() {
        return new ProgressBar(null, false, 1, () -> 0);
    }

    public synchronized void step() {
        done++;
        show(0);
    }

    /** @param under way, in steps: 0.5 is half of one */
    public synchronized void show(double under) {
        double share = Math.min(1, (done + under) / steps);
        int filled = (int) (WIDTH * share);
        write("\r[%s%s] %d of %d%s\033[K", "#".repeat(filled), ".".repeat(WIDTH - filled), done, steps, left(share));
    }

    private String left(double share) {
        if (share < LEAST_DONE || share >= 1) {
            return "";
        }
        long seconds = Math.round((nanoTime.getAsLong() - began) / 1e9 * (1 - share) / share);
        Duration left = Duration.ofSeconds(seconds);
        return left.toHours() > 0 ? ", %d:%02d:%02d left".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : ", %d:%02d left".formatted(left.toMinutesPart(), left.toSecondsPart());
    }

    /** Makes room for a line of text. */
    public synchronized void clear() {
        write("\r\033[K");
    }

    /** Leaves the line empty. */
    @Override
    public void close() {
        clear();
    }

    private void write(String format, Object... values) {
        if (shown) {
            terminal.printf(format, values);
            terminal.flush();
        }
    }
}
