package dev.darkroom.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.darkroom.http.contract.EmptyStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document that clients are generated from is the one that is written, and complete. */
@QuarkusTest
@TestProfile(EmptyStore.class)
class OpenApiTest {
    private static final Path WRITTEN = Path.of("src/main/resources/META-INF/openapi.yaml");
    private final YAMLMapper yaml = new YAMLMapper();

    @Test
    void isPublishedAsItIsWritten() throws Exception {
        assertThat(published()).isEqualTo(yaml.readTree(WRITTEN.toFile()));
    }

    @Test
    void saysOfEveryObjectWhatItMustHaveAndOfEveryPropertyWhatItMeans() throws Exception {
        published().at("/components/schemas").properties().forEach(schema -> {
            assertThat(schema.getValue().path("description").asText()).describedAs(schema.getKey()).isNotEmpty();
            if (schema.getValue().path("type").asText().equals("object")) {
                assertThat(schema.getValue().has("minProperties") || !schema.getValue().path("required").isEmpty()).describedAs(schema.getKey()).isTrue();
                schema.getValue().path("properties").properties().forEach(property -> assertThat(names(property.getValue()))
                        .describedAs(schema.getKey() + "." + property.getKey()).containsAnyOf("description", "$ref"));
            }
        });
    }

    @Test
    void saysOfEveryAnswerWhoseRequestItWas() throws Exception {
        JsonNode document = published();
        operations(document).forEach(operation -> operation.path("responses").forEach(response -> {
            JsonNode answer = response.has("$ref") ? document.at(response.get("$ref").asText().substring(1)) : response;
            assertThat(answer.path("headers").has("X-Request-Id")).describedAs("%s", answer.path("description")).isTrue();
            assertThat(answer.path("headers").has("RateLimit")).describedAs("%s", answer.path("description")).isTrue();
        }));
    }

    @Test
    void documentsTheRefusalsThatEveryOperationHas() throws Exception {
        assertThat(operations(published())).isNotEmpty().allSatisfy(operation -> assertThat(names(operation.path("responses")))
                .describedAs("%s", operation.path("operationId")).contains("400", "401", "403", "405", "429", "500").containsAnyOf("200", "204"));
    }

    /** Generators make a class of each tag, and what has two is there twice: TypeScript and Go do not compile then. */
    @Test
    void putsEveryOperationUnderOneTag() throws Exception {
        assertThat(operations(published())).allSatisfy(operation -> assertThat(operation.path("tags")).describedAs("%s", operation.path("operationId")).hasSize(1));
    }

    @Test
    void letsNobodyInWithoutAKeyWhereOnlyAnAdministratorMayGo() throws Exception {
        assertThat(published().at("/security").get(0)).isEmpty();
        assertThat(published().at("/paths/~1v1~1models~1reload/post/security")).allSatisfy(requirement -> assertThat(requirement).isNotEmpty());
    }

    @Test
    void listsEveryTypeOfProblemThatThereIsAsTheReferenceDoes() throws Exception {
        String table = Files.readString(Path.of("src/main/java/dev/darkroom/http/Problems.java"));
        Set<String> types = Pattern.compile("\\.class, [45]\\d\\d, \"([a-z-]+)\"").matcher(table).results()
                .map(match -> match.group(1)).collect(Collectors.toSet());
        types.addAll(List.of("bad-request", "not-found", "not-acceptable", "unsupported-media-type", "internal"));
        var documented = new HashSet<String>();
        published().at("/components/responses").forEach(response -> documented.addAll(
                names(response.path("content").path("application/problem+json").path("examples"))));

        assertThat(documented).isEqualTo(types);
        assertThat(Files.readString(Path.of("docs/api.md"))).contains(types.stream().map(type -> "`" + type + "`").toList());
    }

    @Test
    void givesNoTwoTypesTheSameConstant() throws Exception {
        var constants = new ArrayList<String>();
        published().at("/components/schemas").forEach(schema -> schema.path("enum").forEach(constant -> constants.add(constant.asText())));
        assertThat(constants).describedAs("Go has one namespace for all").doesNotHaveDuplicates();
    }

    private JsonNode published() throws Exception {
        return yaml.readTree(given().get("/q/openapi").asByteArray());
    }

    private static List<JsonNode> operations(JsonNode document) {
        return document.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()).map(Map.Entry::getValue).toList();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
