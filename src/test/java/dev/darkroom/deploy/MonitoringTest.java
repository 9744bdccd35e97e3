package dev.darkroom.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Alerts, dashboard and autoscalers against what the service exports. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringTest {
    private static final Path COMPONENTS = Path.of("k8s/components");
    private static final Path RULES = COMPONENTS.resolve("alerts/rules.yaml");
    private static final Path DASHBOARD = COMPONENTS.resolve("dashboard/darkroom.json");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    /** Prometheus adds these when it scrapes. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "pod", "namespace", "instance");
    /** Series of others: Prometheus' own and the ingress controller's. */
    private static final Set<String> OF_OTHERS = Set.of("up", "nginx_ingress_controller_requests");

    private final Map<String, Set<String>> exported = new HashMap<>();

    @BeforeEach
    void scrapeOnce() {
        if (!exported.isEmpty()) {
            return;
        }
        Service.awaitLoaded();
        assertThat(Service.denoise(Scenes.smallPng()).statusCode()).isEqualTo(200);
        await().atMost(Service.PATIENCE).until(() -> {
            System.gc(); // its pauses have a timer only after the first
            samples(given().get(metricsPath()).asString());
            return exported.containsKey("jvm_gc_pause_seconds_sum");
        });
    }

    private void samples(String text) {
        SAMPLE.matcher(text).results().forEach(sample -> {
            Set<String> labels = exported.computeIfAbsent(sample.group(1), name -> new HashSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().map(label -> label.group(1)).forEach(labels::add);
            }
        });
    }

    @Test
    void everyAlertReadsSeriesThatTheServiceExports() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(8).allSatisfy(rule -> requireExported(rule.path("expr").asText()));
    }

    @Test
    void everyPanelReadsSeriesThatTheServiceExports() throws IOException {
        List<String> queries = new JsonMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr");
        assertThat(queries).hasSizeGreaterThan(20).allSatisfy(this::requireExported);
    }

    @Test
    void autoscalersReadSeriesThatTheServiceExports() throws IOException {
        var autoscaler = Manifests.parse(Files.readString(COMPONENTS.resolve("hpa/autoscaler.yaml"))).the(HorizontalPodAutoscaler.class);
        requireExported(autoscaler.getSpec().getMetrics().get(0).getPods().getMetric().getName());
        var scaledObject = Manifests.parse(Files.readString(COMPONENTS.resolve("keda/scaled-object.yaml"))).the(ScaledObject.class);
        assertThat(scaledObject.spec().triggers()).hasSize(2).allSatisfy(trigger -> requireExported(trigger.metadata().get("query")));
    }

    @Test
    void aQueryOfASeriesOrLabelThatDoesNotExistIsNoticed() {
        assertThat(missing("sum(rate(darkroom_no_such_total[5m]))")).containsExactly("darkroom_no_such_total");
        assertThat(missing("darkroom_models{stat=\"ready\"}")).containsExactly("darkroom_models{stat}");
    }

    @Test
    void troubleIsCountedFromZero() {
        String text = given().get(metricsPath()).asString();
        for (String counter : List.of("darkroom_device_lost", "darkroom_device_workers_replaced", "darkroom_batch_halved", "darkroom_batch_recomputed",
                "darkroom_batch_cap_changes")) {
            assertThat(text).containsPattern("(?m)^" + counter + "_total\\{device=\"[^\"]+\"} \\d");
        }
    }

    @Test
    void whatIsExportedIsDocumentedAndNothingElseIs() throws IOException {
        Set<String> documented = Pattern.compile("`(darkroom_[a-z_]+)`").matcher(section("docs/configuration.md", "## Metrics")).results()
                .map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> ours = exported.keySet().stream().filter(name -> name.startsWith("darkroom_"))
                .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", "")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(ours).isEqualTo(documented);
    }

    @Test
    void everyAlertHasAPlaceInTheHandbook() throws IOException {
        String handbook = Files.readString(Path.of("docs/operations.md"));
        Set<String> headings = Pattern.compile("(?m)^#+ (.+)$").matcher(handbook).results().map(MatchResult::group)
                .map(heading -> heading.replaceFirst("^#+ ", "").toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-')).collect(Collectors.toSet());
        assertThat(rules()).allSatisfy(rule -> {
            String place = rule.at("/annotations/runbook_url").asText();
            assertThat(place).startsWith("docs/operations.md#");
            assertThat(headings).contains(place.substring(place.indexOf('#') + 1));
        });
    }

    @Test
    void metricsAreScrapedWhereTheyAre() throws IOException {
        assertThat(given().get(metricsPath()).statusCode()).isEqualTo(200);
    }

    /** Fires and stays silent as {@code rules-test.yaml} says; wants promtool, of Debian's package prometheus. */
    @Test
    void alertsFireWhenTheyShould() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))))
                .as("promtool is installed").isTrue();
        Path folder = Files.createDirectories(Path.of("target/k8s/alerts"));
        new YAMLMapper().writeValue(folder.resolve("rules-plain.yaml").toFile(), new YAMLMapper().readTree(RULES.toFile()).path("spec"));
        Files.writeString(folder.resolve("rules-test.yaml"), Files.readString(RULES.resolveSibling("rules-test.yaml")));
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "rules-test.yaml").directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(promtool.getInputStream().readAllBytes());
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private void requireExported(String query) {
        assertThat(PromQl.series(query)).as(query).isNotEmpty();
        assertThat(missing(query)).as(query).isEmpty();
    }

    private List<String> missing(String query) {
        List<String> missing = new ArrayList<>();
        for (PromQl.Series series : PromQl.series(query)) {
            if (OF_OTHERS.contains(series.metric())) {
                continue;
            }
            if (!exported.containsKey(series.metric())) {
                missing.add(series.metric());
                continue;
            }
            series.labels().stream().filter(label -> !OF_THE_TARGET.contains(label) && !exported.get(series.metric()).contains(label))
                    .forEach(label -> missing.add(series.metric() + "{" + label + "}"));
        }
        return missing;
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        new YAMLMapper().readTree(RULES.toFile()).at("/spec/groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static String section(String file, String heading) throws IOException {
        String text = Files.readString(Path.of(file));
        int begin = text.indexOf(heading);
        int end = text.indexOf("\n## ", begin + 1);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }

    /** Where the PodMonitor says. */
    private static String metricsPath() {
        try {
            return Manifests.parse(Files.readString(COMPONENTS.resolve("podmonitor/podmonitor.yaml"))).the(PodMonitor.class)
                    .getSpec().getPodMetricsEndpoints().get(0).getPath();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
