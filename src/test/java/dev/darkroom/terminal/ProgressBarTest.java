package dev.darkroom.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter terminal = new StringWriter();
    private final AtomicLong seconds = new AtomicLong();

    @Test
    void saysHowLongTheRestWillTakeAtThePaceSoFar() {
        ProgressBar bar = bar(true, 4);
        seconds.set(30);
        bar.step();
        assertThat(line()).isEqualTo("[#######.......................] 1 of 4, 1:30 left");
        seconds.set(31);
        bar.show(1);
        assertThat(line()).isEqualTo("[###############...............] 1 of 4, 0:31 left");
    }

    @Test
    void doesNotGuessAtTheVeryBeginning() {
        ProgressBar bar = bar(true, 1000);
        seconds.set(5);
        bar.step();
        assertThat(line()).endsWith("1 of 1000");
    }

    @Test
    void saysNothingWhereThereIsNoTerminal() {
        try (ProgressBar bar = bar(false, 4)) {
            bar.step();
        }
        assertThat(terminal.toString()).isEmpty();
    }

    private ProgressBar bar(boolean shown, long steps) {
        return new ProgressBar(new PrintWriter(terminal, true), shown, steps, () -> TimeUnit.SECONDS.toNanos(seconds.get()));
    }

    private String line() {
        String all = terminal.toString();
        return all.substring(all.lastIndexOf('\r') + 1).replace("\033[K", "");
    }
}
