package dev.darkroom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SpanTest {
    private final Span span = new Span();

    @Test
    void readsATimeWithItsUnit() {
        assertThat(span.convert("20m")).isEqualTo(Duration.ofMinutes(20));
        assertThat(span.convert("1.5h")).isEqualTo(Duration.ofMinutes(90));
        assertThat(span.convert("250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(span.convert("0.5s")).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "m", "-1s", "1 s", "PT20M", "1d", "12345678901s"})
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> span.convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
