package dev.darkroom.http.access;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use which address. */
@QuarkusTest
@TestProfile(GuardedService.class)
class AccessMatrixTest {
    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    /** Statuses of callers who are let in are the resources' own: the store is empty and what is sent is no picture. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            method | address                     | nobody | stranger | enhance | score | admin
            POST   | /v1/denoise                 |    401 |      401 |     415 |   403 |   403
            POST   | /v1/denoise/                |    401 |      401 |     415 |   403 |   403
            POST   | //v1//denoise               |    401 |      401 |     415 |   403 |   403
            POST   | /v1/restore?steps=denoise   |    401 |      401 |     415 |   403 |   403
            POST   | /v1/compare/denoise         |    401 |      401 |     415 |   403 |   403
            POST   | /v1/sharpen                 |    401 |      401 |     404 |   404 |   404
            OPTIONS | /v1/denoise                |    204 |      204 |     204 |   204 |   204
            HEAD   | /v1/models                  |    401 |      401 |     200 |   200 |   200
            GET    | /v1/denoise                 |    401 |      401 |     405 |   405 |   405
            POST   | /v1/score                   |    401 |      401 |     403 |   400 |   403
            GET    | /v1/metrics-catalog         |    401 |      401 |     200 |   200 |   200
            GET    | /v1/models                  |    401 |      401 |     200 |   200 |   200
            GET    | /v1/models/denoise/baseline |    401 |      401 |     404 |   404 |   404
            POST   | /v1/models/reload           |    401 |      401 |     403 |   403 |   200
            POST   | /v1/models/reload;as=admin  |    401 |      401 |     403 |   403 |   200
            POST   | /v1/models/%72eload         |    401 |      401 |     403 |   403 |   200
            POST   | /v1/models/denoise/pdl/99/load   |  401 |   401 |     403 |   403 |   404
            POST   | /v1/models/denoise/pdl/99/unload |  401 |   401 |     403 |   403 |   404
            GET    | /v1/nothing/here/at/all     |    401 |      401 |     404 |   404 |   404
            GET    | /q/health/live              |    200 |      200 |     200 |   200 |   200
            GET    | /q/metrics                  |    200 |      200 |     200 |   200 |   200
            GET    | /q/openapi                  |    200 |      200 |     200 |   200 |   200
            GET    | /                           |    200 |      200 |     200 |   200 |   200
            """)
    void letsInWhoHasTheRole(String method, String address, int nobody, int stranger, int enhance, int score, int admin) {
        List<Integer> withKeys = List.of(
                status(given(), method, address),
                status(withKey(ApiKey.secret()), method, address),
                status(withKey(GuardedService.ENHANCE), method, address),
                status(withKey(GuardedService.SCORE), method, address),
                status(withKey(GuardedService.ADMIN), method, address));
        List<Integer> withTokens = List.of(
                status(withToken(new Issuer().token("enhance", "score", "admin")), method, address),
                status(withToken(GuardedService.ISSUER.token("enhance")), method, address),
                status(withToken(GuardedService.ISSUER.token("score")), method, address),
                status(withToken(GuardedService.ISSUER.token("admin")), method, address));

        assertThat(withKeys).containsExactly(nobody, stranger, enhance, score, admin);
        assertThat(withTokens).containsExactly(stranger, enhance, score, admin);
    }

    @Test
    void tellsAStrangerHowToShowWhoTheyAre() {
        Response missing = given().get("/v1/models");
        assertProblem(missing, 401, "not-authenticated");
        assertThat(missing.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"darkroom\"");

        Response refused = withKey("dk_wrong").get("/v1/models");
        assertProblem(refused, 401, "not-authenticated");
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"darkroom\", error=\"invalid_token\"");
    }

    @Test
    void measuresForNobodyWhoMayOnlyRestore() {
        var form = withKey(GuardedService.ENHANCE).multiPart("image", "a.png", new byte[] {1}).multiPart("reference", "b.png", new byte[] {1});
        assertThat(assertProblem(form.post("/v1/compare/denoise"), 403, "not-permitted").getString("detail")).contains("score");
        var alone = withKey(GuardedService.ENHANCE).multiPart("image", "a.png", new byte[] {1});
        assertProblem(alone.post("/v1/compare/denoise"), 415, "unsupported-image");
    }

    @Test
    void namesTheRoleThatIsMissing() {
        var problem = assertProblem(withKey(GuardedService.SCORE).post("/v1/models/reload"), 403, "not-permitted");
        assertThat(problem.getString("detail")).contains("admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer x", "Basic YTpi", "Bearer dk_", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30.", "\u00e9"})
    void refusesWhatIsNoCredential(String authorization) {
        assertProblem(given().header("Authorization", authorization).get("/v1/models"), 401, "not-authenticated");
    }

    @Test
    void takesAKeyAsABearerTokenToo() {
        assertThat(withToken(GuardedService.ENHANCE).get("/v1/models").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotGuessWhichOfTwoCredentialsIsMeant() {
        assertProblem(withKey(GuardedService.ADMIN).header("Authorization", "Bearer " + GuardedService.SCORE).get("/v1/models"),
                401, "not-authenticated");
    }

    @Test
    void takesTheSameKeyInBothHeaders() {
        assertThat(withKey(GuardedService.SCORE).header("Authorization", "Bearer " + GuardedService.SCORE).get("/v1/models").statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoKeyFromTheAddress() {
        assertProblem(given().queryParam("key", GuardedService.ADMIN).queryParam("access_token", GuardedService.ADMIN).get("/v1/models"),
                401, "not-authenticated");
    }

    @Test
    void refusesARequestBeyondTheAllowanceAndSaysWhatItIs() {
        int[] statuses = new int[GuardedService.FRUGAL_REQUESTS];
        Response last = null;
        for (int i = 0; i < statuses.length; i++) {
            last = withKey(GuardedService.FRUGAL).get("/v1/models");
            statuses[i] = last.statusCode();
        }
        assertThat(Arrays.stream(statuses)).containsOnly(200);
        assertThat(last.header("RateLimit-Policy")).isEqualTo("\"rate\";q=3;w=60, \"concurrent\";q=2;qu=\"concurrent-requests\"");
        assertThat(last.header("RateLimit")).matches("\"rate\";r=0;t=\\d+, \"concurrent\";r=1");

        Response refused = withKey(GuardedService.FRUGAL).get("/v1/models");
        assertProblem(refused, 429, "allowance-spent");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);
        assertThat(withKey(GuardedService.ENHANCE).get("/v1/models").statusCode()).describedAs("another caller").isEqualTo(200);
    }

    @Test
    void takesAKeyAsSoonAsItIsInTheFileAndRefusesItOnceItIsNot() throws IOException {
        Path file = ConfigProvider.getConfig().getValue("darkroom.access.keys", Path.class);
        String before = Files.readString(file);
        String guest = ApiKey.secret();
        assertThat(withKey(guest).get("/v1/models").statusCode()).isEqualTo(401);
        try {
            replace(file, before + "\n" + ApiKey.of("guest", guest, Set.of(Role.SCORE), Allowance.UNLIMITED).line());
            await().until(() -> withKey(guest).get("/v1/models").statusCode() == 200);
        } finally {
            replace(file, before);
        }
        await().until(() -> withKey(guest).get("/v1/models").statusCode() == 401);
        assertThat(withKey(GuardedService.SCORE).get("/v1/models").statusCode()).isEqualTo(200);
    }

    private static void replace(Path file, String content) throws IOException {
        Files.move(Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content), file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static RequestSpecification withKey(String key) {
        return given().header("X-API-Key", key);
    }

    private static RequestSpecification withToken(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static int status(RequestSpecification caller, String method, String address) {
        if (address.equals("/v1/score")) {
            caller.multiPart("picture", "a.png", new byte[] {1, 2, 3});
        } else if (method.equals("POST")) {
            caller.contentType("application/octet-stream").body(new byte[] {1, 2, 3});
        }
        return caller.urlEncodingEnabled(false).request(method, address).statusCode();
    }
}
