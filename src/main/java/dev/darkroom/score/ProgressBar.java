package dev.darkroom.score;

import java.io.PrintWriter;

/** Shows on one line of a terminal how much is done; may be told so by any thread. */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;

    private final PrintWriter terminal;
    private final boolean shown;
    private final long steps;
    private long done;

    ProgressBar(PrintWriter terminal, boolean shown, long steps) {
        this.terminal = terminal;
        this.shown = shown;
        this.steps = steps;
    }

    synchronized void step() {
        done++;
        int filled = (int) (WIDTH * done / steps);
        write("\r[%s%s] %d of %d", "#".repeat(filled), ".".repeat(WIDTH - filled), done, steps);
    }

    /** Leaves the line empty. */
    @Override
    public synchronized void close() {
        write("\r\033[K");
    }

    private void write(String format, Object... values) {
        if (shown) {
            terminal.printf(format, values);
            terminal.flush();
        }
    }
}
