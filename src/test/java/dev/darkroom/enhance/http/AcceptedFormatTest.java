package dev.darkroom.enhance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.file.ImageFormat;
import jakarta.ws.rs.NotAcceptableException;
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
        "image/webp;q=0, image/png;q=0.1 | PNG"})
    void takesTheNamedFormatOfTheGreatestWeight(String accept, ImageFormat expected) {
        assertThat(AcceptedFormat.of(accept)).contains(expected);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"*/*", "image/*", "text/html, image/*;q=0.8", "image/jpeg;q=0.5, */*"})
    void leavesTheFormatOpen(String accept) {
        assertThat(AcceptedFormat.of(accept)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/gif", "image/png;q=0", "image/png;q=loud", ";", "application/problem+json"})
    void refusesACallerWhoWantsNoneOfTheFormats(String accept) {
        assertThatThrownBy(() -> AcceptedFormat.of(accept)).isInstanceOf(NotAcceptableException.class);
    }
}
