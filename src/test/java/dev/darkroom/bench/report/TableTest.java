package dev.darkroom.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsColumnsAndRoundsNumbers() {
        var table = Table.of("rates", "", "MP/s", "n").row("bare", 123.456, 7).row("service", 0.98765, 12).row("none", Double.NaN, 0)
                .note("in %d rounds", 3);
        assertThat(table.toString().lines()).containsExactly(
                "rates",
                "            MP/s   n",
                "  bare       123   7",
                "  service  0.988  12",
                "  none         -   0",
                "  in 3 rounds");
    }
}
