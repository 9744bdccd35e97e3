package dev.darkroom.http.contract;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not in the API's description is not there. */
@QuarkusTest
@TestProfile(EmptyStore.class)
class ContractCheckTest {
    private static final byte[] NO_PICTURE = {1, 2, 3};

    static Stream<Arguments> operations() {
        return Contract.published().addresses().stream().flatMap(address -> address.operations().keySet().stream()
                .map(method -> Arguments.of(method, path(address))));
    }

    static Stream<String> paths() {
        return Contract.published().addresses().stream().map(ContractCheckTest::path);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusesAParameterThatIsNotThereOnEveryRoute(String method, String path) {
        var problem = assertProblem(request(method, path + "?nosuch=1"), 400, "invalid-parameter");
        assertThat(problem.getString("detail")).contains("nosuch");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void documentsNothingThatIsNotThere(String method, String path) {
        Response response = request(method, path);
        assertThat(response.statusCode()).isNotEqualTo(405);
        if (!path.startsWith("/v1/models/denoise") && !path.startsWith("/v1/jobs")) {
            assertThat(response.statusCode()).describedAs("the store is empty and there are no jobs, but the address exists").isNotEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void saysWhatAnAddressTakes(String path) {
        Response options = given().options(path);
        assertThat(options.statusCode()).isEqualTo(204);
        String allowed = options.header("Allow");
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
            Response response = request(method, path);
            assertThat(response.statusCode() == 405).describedAs(method).isEqualTo(!List.of(allowed.split(", ")).contains(method));
            assertThat(response.header("Allow")).isEqualTo(response.statusCode() == 405 ? allowed : null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/metrics-catalog", "/v1/models/denoise/baseline/1"})
    void answersHeadAsGetWithoutABody(String path) {
        Response get = given().get(path);
        Response head = given().head(path);
        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.contentType()).isEqualTo(get.contentType());
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        assertThat(head.asByteArray()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/denoise?sgima=50           | There is no parameter sgima here; did you mean sigma?
            /v1/denoise?metdata=strip      | There is no parameter metdata here; did you mean metadata?
            /v1/score?metric=psnr          | There is no parameter metric here; did you mean metrics?
            /v1/deblur?scale=2             | Scale is no parameter of deblur, only of super-resolve.
            /v1/denoise?sigma=25&sigma=25  | The parameter sigma is given more than once.
            /v1/denoise?%3Cscript%3E=1     | There is no parameter ?script? here; there are model, sigma, strength, format, quality, chroma, progressive, compression, lossless, width, height, fit, metadata, page, timeout.
            """)
    void saysWhichParameterItDoesNotTakeAndWhichIsNearest(String path, String detail) {
        assertThat(assertProblem(upload(NO_PICTURE).urlEncodingEnabled(false).post(path), 400, "invalid-parameter").getString("detail")).isEqualTo(detail);
    }

    @Test
    void saysThatACompressedBodyIsNotRead() {
        Response response = upload(NO_PICTURE).header("Content-Encoding", "gzip").post("/v1/denoise");
        assertThat(assertProblem(response, 415, "unsupported-encoding").getString("detail")).contains("gzip");
        assertThat(response.header("Accept-Encoding")).isEqualTo("identity");
        assertProblem(upload(NO_PICTURE).header("Content-Encoding", "identity").post("/v1/denoise"), 415, "unsupported-image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", ";", "/", "image/", "a b", "text/plain;charset=nosuch", "image/png;x", "*/*"})
    void leavesItToTheBytesWhatABodyIs(String type) {
        assertProblem(given().header("Content-Type", type).body(NO_PICTURE).post("/v1/denoise"), 415, "unsupported-image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1", "/v1/denoise/more", "/v1/models/denoise/pdl/1/more"})
    void knowsNoOtherAddress(String path) {
        assertProblem(given().get(path), 404, "not-found");
        assertProblem(upload(NO_PICTURE).post(path), 404, "not-found");
    }

    private static Response request(String method, String path) {
        boolean form = path.startsWith("/v1/score") && method.equals("POST");
        return (form ? given().multiPart("picture", "a.png", NO_PICTURE) : method.equals("POST") ? upload(NO_PICTURE) : given()).request(method, path);
    }

    private static String path(Address address) {
        return "/" + String.join("/", address.segments()).replace("{task}", "denoise").replace("{loss}", "baseline").replace("{version}", "1").replace("{id}", "0");
    }
}
