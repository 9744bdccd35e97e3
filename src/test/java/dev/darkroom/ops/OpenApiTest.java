package dev.darkroom.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document that clients are generated from changes only on purpose. */
@QuarkusTest
class OpenApiTest {
    private static final Path PROMISED = Path.of("docs/openapi.yaml");
    private static final Path PUBLISHED = Path.of("target/openapi.yaml");

    @Test
    void publishesTheDocumentInDocs() throws Exception {
        String published = given().get("/q/openapi").asString();
        Files.writeString(PUBLISHED, published);
        assertThat(published)
                .describedAs("the published API differs from %s; if that is meant: cp %s %s", PROMISED, PUBLISHED, PROMISED)
                .isEqualTo(Files.readString(PROMISED));
    }

}
