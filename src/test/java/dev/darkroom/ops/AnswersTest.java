package dev.darkroom.ops;

import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers in JSON are as the API's description says: nothing is missing, nothing more is there. */
@QuarkusTest
class AnswersTest {
    private static final ObjectNode COMPONENTS = components();

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void describeModels() throws IOException {
        JsonNode models = new ObjectMapper().readTree(given().get("/v1/models").asByteArray());
        assertThat(models).isNotEmpty().allSatisfy(model -> assertIs("Model", model));
        assertIs("Model", given().get("/v1/models/denoise/baseline/1"));
        assertIs("SelfTest", given().get("/v1/models/denoise/baseline/1/self-test"));
    }

    @Test
    void describeMetrics() throws IOException {
        JsonNode metrics = new ObjectMapper().readTree(given().get("/v1/metrics-catalog").asByteArray());
        assertThat(metrics).isNotEmpty().allSatisfy(metric -> assertIs("MetricDescription", metric));
    }

    @Test
    void reportScores() throws IOException {
        byte[] picture = Scenes.smallPng();
        Response report = given().multiPart("reference", "a.png", picture).multiPart("candidate", "b.png", picture)
                .queryParam("metrics", "psnr,ssim,d2sm,mse").post("/v1/score");
        assertIs("ScoreReport", report);
        assertThat(report.jsonPath().getBoolean("candidates[0].metrics.psnr.infinite")).isTrue();
        assertThat(report.jsonPath().getString("candidates[0].metrics.d2sm.error.type")).isNotBlank();
    }

    @Test
    void reportComparisons() throws IOException {
        byte[] picture = Scenes.smallPng();
        assertIs("CompareReport", upload(picture).queryParam("model", "baseline,pdl").post("/v1/compare/denoise"));
        Response measured = given().multiPart("image", "a.png", picture).multiPart("reference", "b.png", picture)
                .queryParam("metrics", "psnr,ssim").queryParam("model", "baseline").post("/v1/compare/deblur");
        assertIs("CompareReport", measured);
        assertThat(measured.jsonPath().getString("results[0].shake")).isNotNull();
    }

    @Test
    void explainRefusals() throws IOException {
        assertIs("Problem", given().get("/v1/nothing"));
        assertIs("Problem", upload(new byte[] {1}).post("/v1/denoise"));
        assertIs("Problem", upload(Scenes.smallPng()).queryParam("sigma", 1000).post("/v1/denoise"));
    }

    private static void assertIs(String schema, Response answer) throws IOException {
        assertIs(schema, new ObjectMapper().readTree(answer.asByteArray()));
    }

    private static void assertIs(String schema, JsonNode answer) {
        ObjectNode reference = COMPONENTS.deepCopy().put("$ref", "#/components/schemas/" + schema);
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(reference).validate(answer)).describedAs("%s", answer).isEmpty();
    }

    /** With every object closed that lists its properties: what is not documented must not be sent. */
    private static ObjectNode components() {
        try {
            JsonNode document = new YAMLMapper().readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile());
            document.at("/components/schemas").forEach(schema -> {
                if (schema.has("properties") && !schema.has("additionalProperties")) {
                    ((ObjectNode) schema).put("additionalProperties", false);
                }
            });
            return new ObjectMapper().createObjectNode().set("components", document.get("components"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
