package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {

    @Test
    void readsNamesAndTheirSettings() {
        assertThat(Choice.list("steps", "dejpeg, denoise:sigma=2.5e1:model=pdl@2,super-resolve:scale=2")).containsExactly(
                new Choice("dejpeg", Map.of()), new Choice("denoise", Map.of("sigma", "2.5e1", "model", "pdl@2")),
                new Choice("super-resolve", Map.of("scale", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "dejpeg,", ",dejpeg", "dejpeg,,denoise", "denoise:", "denoise:sigma", "denoise:sigma=", "denoise:=25", "denoise=25",
        "denoise sigma", "denoise:sigma=25;model=pdl", "denoise:model=../pdl", "d\u00e9jpeg", "<b>", ":", "denoise::"})
    void refusesWhatIsWrittenInAnotherWay(String written) {
        assertThatThrownBy(() -> Choice.list("steps", written)).isInstanceOf(InvalidQueryException.class).hasMessage(
                "steps is a list with commas of NAME or NAME:SETTING=VALUE, for example dejpeg,denoise:sigma=25,super-resolve:scale=2");
    }

    @Test
    void refusesASettingThatComesTwice() {
        assertThatThrownBy(() -> Choice.list("metrics", "pdl:p=1:p=2")).hasMessage("metrics gives pdl:p more than once");
    }

    @Test
    void refusesAListWithoutAnEnd() {
        assertThatThrownBy(() -> Choice.list("steps", "a,".repeat(100_000))).hasMessage("steps may list at most 64");
    }
}
