package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void readsTheTrace() {
        assertThat(TraceParent.traceId("00-" + TRACE + "-00f067aa0ba902b7-01")).contains(TRACE);
        assertThat(TraceParent.traceId("cc-" + TRACE + "-00f067aa0ba902b7-01-later")).contains(TRACE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "00", "ff-" + TRACE + "-00f067aa0ba902b7-01", "00-" + TRACE + "-00f067aa0ba902b7-01-more",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "00-" + TRACE + "-00f067aa0ba902b7", "00-" + TRACE + "\n-00f067aa0ba902b7-01"})
    void believesNothingElse(String header) {
        assertThat(TraceParent.traceId(header)).isEmpty();
    }
}
