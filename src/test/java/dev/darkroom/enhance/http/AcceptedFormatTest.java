package dev.darkroom.enhance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.file.ImageFormat;
import jakarta.ws.rs.NotAcceptableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedFormatTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "image/png | PNG",
        "IMAGE/TIFF | TIFF",
        "image/jpeg;q=0.2, image/webp;q=0.7 | WEBP",
        "image/jpeg ; q=0.9 , image/png;q=0.4 | JPEG",
        "text/html, image/jpeg;q=0.1 | JPEG",
        "image/webp;q=0, image/png;q=0.1 | PNG",
        "image/png;Q=0.2, image/tiff;Q=0.3 | TIFF",
        "image/webp;q=0.5, application/json | WEBP"})
    void takesTheNamedFormatOfTheGreatestWeight(String accept, ImageFormat expected) {
        assertThat(AcceptedFormat.of(accept)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "image/png, image/jpeg, application/problem+json | PNG, JPEG",
        "image/jpeg, image/png, image/webp;q=0.9 | JPEG, PNG",
        "image/png;q=0, */* | JPEG, WEBP, TIFF",
        "image/*, image/webp;q=0 | PNG, JPEG, TIFF"})
    void takesAnyOfThoseThatAreLikedBest(String accept, String expected) {
        assertThat(AcceptedFormat.of(accept)).extracting(ImageFormat::name).containsExactly(expected.split(", "));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"*/*", "image/*", "text/html, image/*;q=0.8", "image/jpeg;q=0.5, */*", "application/json", "application/problem+json;q=0.5", " , "})
    void leavesTheFormatOpen(String accept) {
        assertThat(AcceptedFormat.of(accept)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/gif", "image/png;q=0", "image/png;q=loud", ";", "text/html, application/json",
        "image/png;q=0, image/jpeg;q=0, image/webp;q=0, image/tiff;q=0, */*"})
    void refusesACallerWhoWantsNoneOfTheFormats(String accept) {
        assertThatThrownBy(() -> AcceptedFormat.of(accept)).isInstanceOf(NotAcceptableException.class);
    }

    @Test
    @Timeout(10)
    void readsMillionsOfBlanksAtOnce() {
        assertThatExceptionOfType(NotAcceptableException.class).isThrownBy(() -> AcceptedFormat.of("audio/x" + " ".repeat(2_000_000) + "x"));
    }
}
