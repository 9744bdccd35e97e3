package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimingTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @Test
    void writesNumbersAsHttpWantsThemInEveryLocale() {
        Locale.setDefault(Locale.GERMANY);
        var timing = new Timing();
        timing.ended(Timing.Step.ADMIT);
        timing.ended(Timing.Step.DECODE);
        timing.counted(12, 3);
        assertThat(timing.header()).matches("admit;dur=\\d+\\.\\d, decode;dur=\\d+\\.\\d, tiles;desc=\"12\", batches;desc=\"3\"");
    }
}
