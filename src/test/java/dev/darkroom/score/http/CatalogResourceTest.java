package dev.darkroom.score.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(NoWeights.class)
class CatalogResourceTest {

    @Test
    void listsEveryMetric() {
        List<String> names = given().get("/v1/metrics-catalog").jsonPath().getList("name", String.class);

        assertThat(names).containsExactlyInAnyOrder(("mse l1 charbonnier psnr ssim ms-ssim grid lpips lpips-squeeze lpips-vgg dists perceptual-l1 perceptual-l2 "
                + "gram pdl pdl-loss swd contextual-dp contextual-l2 cobi d2sm mdf-sr mdf-jpeg mdf-own").split(" "));
    }

    @Test
    void saysWhatAValueMeans() {
        JsonPath similarity = metric("ms-ssim");
        assertThat(similarity.getString("better")).isEqualTo("higher");
        assertThat(similarity.getList("range", Integer.class)).containsExactly(0, 1);
        assertThat(similarity.getInt("smallestSide")).isEqualTo(161);
        assertThat(similarity.getString("reference")).contains("2003");
        assertThat(similarity.getBoolean("installed")).isTrue();
        assertThat(similarity.<Object>get("missing")).isNull();
        assertThat(metric("psnr").getString("unit")).isEqualTo("dB");
    }

    @Test
    void saysHowToInstallWhatIsMissing() {
        JsonPath lpips = metric("lpips");
        assertThat(lpips.getBoolean("installed")).isFalse();
        assertThat(lpips.getString("missing")).contains("./darkroom features install alexnet");
        assertThat(lpips.getList("range", Object.class)).containsExactly(0, null);
    }

    @Test
    void listsOptionsWithTheirDefaults() {
        JsonPath divergence = metric("d2sm").setRootPath("find { it.name == 'd2sm' }.options.find { it.name == 'divergence' }");
        assertThat(divergence.getString("default")).isEqualTo("kl");
        assertThat(divergence.getList("choices", String.class)).containsExactly("kl", "ikl", "sym", "jsd");
        assertThat(metric("psnr").getList("options")).isEmpty();
    }

    private static JsonPath metric(String name) {
        return given().get("/v1/metrics-catalog").jsonPath().setRootPath("find { it.name == '" + name + "' }");
    }
}
