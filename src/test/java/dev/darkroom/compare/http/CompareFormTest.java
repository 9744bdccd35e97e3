package dev.darkroom.compare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.NotAcceptableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompareFormTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                          | JSON
            */*                                                                         | JSON
            application/json, application/zip, multipart/mixed, application/problem+json | JSON
            application/zip                                                             | ZIP
            multipart/mixed, application/problem+json                                   | MULTIPART
            multipart/*                                                                 | MULTIPART
            application/json;q=0.5, application/zip                                     | ZIP
            application/*, application/json;q=0                                         | ZIP
            APPLICATION/ZIP; Q=0.9, multipart/mixed;q=0.8                               | ZIP
            """)
    void isWhatTheCallerLikesBest(String accept, CompareForm form) {
        assertThat(CompareForm.of(accept)).isEqualTo(form);
    }

    @Test
    void isAReportWhereNothingIsSaid() {
        assertThat(CompareForm.of(null)).isEqualTo(CompareForm.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/json;q=0", "application/problem+json", "text/html, image/*"})
    void isNothingElse(String accept) {
        assertThatThrownBy(() -> CompareForm.of(accept)).isInstanceOf(NotAcceptableException.class);
    }
}
