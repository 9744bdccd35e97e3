package dev.darkroom.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    private final Contract contract = Contract.published();

    @ParameterizedTest
    @CsvSource({
        "/v1/denoise, denoise", "/v1/denoise/, denoise", "//v1//denoise, denoise", "/v1/denoise;a=b, denoise",
        "/v1/models, models", "/v1/models/reload, models reload", "/v1/models/denoise, models {task}", "/v1/compare/dehaze, compare {task}",
        "/v1/models/denoise/pdl/1/self-test, models {task} {loss} {version} self-test",
        "/v1/models/denoise/pdl/1/unload, models {task} {loss} {version} unload"})
    void findsTheAddressOfAPath(String path, String address) {
        assertThat(contract.find(path)).map(Address::toString).contains(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/v1/sharpen", "/v1/DENOISE", "/v1/denoise/more", "/v1/{task}", "/v1/models/a/b/c/d"})
    void knowsNoOtherPath(String path) {
        assertThat(contract.find(path)).isEmpty();
    }

    @Test
    void givesEachTaskItsOwnParametersOnly() {
        assertThat(operation("/v1/denoise").parameters())
                .containsExactlyInAnyOrder("model", "sigma", "strength", "format", "quality", "chroma", "progressive", "compression", "lossless",
                        "width", "height", "fit", "metadata", "page", "timeout");
        assertThat(operation("/v1/super-resolve").parameters())
                .containsExactlyInAnyOrder("model", "scale", "format", "quality", "chroma", "progressive", "compression", "lossless",
                        "width", "height", "fit", "metadata", "page", "timeout");
        assertThat(operation("/v1/demosaic").parameters())
                .containsExactlyInAnyOrder("model", "sigma", "pattern", "wb", "profile", "exposure", "tone", "format", "quality", "chroma", "progressive",
                        "compression", "lossless", "width", "height", "fit", "metadata", "page", "timeout");
    }

    @ParameterizedTest
    @CsvSource({"sgima, sigma", "Sigma, sigma", "metdata, metadata", "qualtiy, quality", "formt, format", "time-out, timeout", "strenght, strength"})
    void knowsWhatSomebodyMeant(String written, String meant) {
        assertThat(operation("/v1/denoise").nearest(written)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "access_token", "x", "ratio"})
    void doesNotGuessWhereNothingIsNear(String written) {
        assertThat(operation("/v1/denoise").nearest(written)).isEmpty();
    }

    @Test
    void takesOptionsOfMetricsByTheirPattern() {
        Operation score = operation("/v1/score");
        assertThat(score.knows("pdl.p")).isTrue();
        assertThat(score.knows("pdl-loss.lambda")).isTrue();
        assertThat(score.knows("metric")).isFalse();
        assertThat(score.nearest("metric")).contains("metrics");
    }

    @Test
    void letsAListComeInSeveralParametersAndNothingElse() {
        assertThat(operation("/v1/restore").mayRepeat("steps")).isTrue();
        assertThat(operation("/v1/compare/denoise").mayRepeat("model")).isTrue();
        assertThat(operation("/v1/denoise").mayRepeat("model")).isFalse();
        assertThat(operation("/v1/restore").mayRepeat("format")).isFalse();
    }

    private Operation operation(String path) {
        return contract.find(path).orElseThrow().operation("POST").orElseThrow();
    }
}
