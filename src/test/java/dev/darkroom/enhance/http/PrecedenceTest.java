package dev.darkroom.enhance.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.Standing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecedenceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"u=0 | 0", "u=7 | 7", "'i, u=5' | 5", "'u=1, i' | 1", "u=2;of=it | 2", "'  u=6  ' | 6"})
    void readsTheUrgencyThatAClientWishes(String priority, int urgency) {
        assertThat(Precedence.of("key/a", priority)).isEqualTo(Standing.of("key/a").withUrgency(urgency));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "i", "u=8", "u=-1", "u=12", "u", "up=1", "urgent", "u = 1"})
    void overlooksWhatIsNone(String priority) {
        assertThat(Precedence.of("key/a", priority)).isEqualTo(Standing.of("key/a"));
    }
}
