package dev.darkroom.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.memory.ProcessMemoryTest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code k8s/} applies to a cluster. */
class ManifestsTest {
    @BeforeAll
    static void needsKustomize() {
        boolean rendered = Stream.of("kustomize", "kubectl", "go").anyMatch(ManifestsTest::isInstalled);
        // A build server that cannot render has to be told so, not to pass.
        assumeThat(rendered || System.getenv("CI") != null).as("kustomize, kubectl or go is installed").isTrue();
    }

    static Stream<Path> overlays() {
        return Kustomize.overlays().stream();
    }

    static Stream<List<String>> combinations() {
        return Stream.of(List.of("gpu"), List.of("gpu", "mig"), List.of("gpu", "keda", "podmonitor", "alerts", "dashboard"),
                List.of("podmonitor", "alerts", "kube-prometheus-stack"),
                List.of("gpu", "gpus"), List.of("ingress"), List.of("gateway"), List.of("hpa"), List.of("model-store"), List.of("jobs"), List.of("network-policy"), List.of("kserve"), List.of("bulk"), List.of("fill-store"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayHasOnlyFieldsThatKubernetesKnows(Path overlay) {
        assertThat(Manifests.parse(Kustomize.render(overlay)).requireKnownFields().documents()).isNotEmpty();
    }

    /** {@code k8s/try} applies them; whether it does so in vain should be known sooner. */
    @ParameterizedTest
    @ValueSource(strings = {"store", "service", "bulk"})
    void whatTheTrialAppliesHasOnlyFieldsThatKubernetesKnows(String folder) {
        assertThat(Manifests.parse(Kustomize.render(Kustomize.ROOT.resolve("trial").resolve(folder))).requireKnownFields().documents()).isNotEmpty();
    }

    /** Without it that Prometheus does not look at them, and says nothing. */
    @Test
    void everythingForPrometheusCarriesTheLabelOfItsRelease() {
        List<JsonNode> watched = Manifests.parse(Kustomize.renderWith(List.of("podmonitor", "alerts", "kube-prometheus-stack"))).documents().stream()
                .filter(document -> document.get("apiVersion").asText().startsWith("monitoring.coreos.com/")).toList();

        assertThat(watched).hasSize(2).allSatisfy(document -> assertThat(document.at("/metadata/labels/release").asText()).isEqualTo("kube-prometheus-stack"));
    }

    /** Whoever is woken at night has no copy of the repository open. */
    @Test
    void everyAlertSaysWhereItsPlaceInTheHandbookIsReadAndNothingMoreIsApplied() {
        Manifests manifests = Manifests.parse(Kustomize.renderWith(List.of("podmonitor", "alerts")));
        List<String> addresses = manifests.the(PrometheusRule.class).getSpec().getGroups().stream().flatMap(group -> group.getRules().stream())
                .map(rule -> rule.getAnnotations().get("runbook_url")).toList();

        assertThat(addresses).hasSizeGreaterThan(8).allMatch(address -> address.matches("https://[^#]+/operations\\.md#darkroom[a-z]+"));
        assertThat(manifests.all(ConfigMap.class)).hasSize(1);
    }

    /** As long as the service itself may take, or the caller gets a 504 for a picture that is made all the same. */
    @Test
    void whoLetsPeopleInWaitsForTheServiceAndSendsNothingTwice() {
        Manifests manifests = Manifests.parse(Kustomize.renderWith(List.of("ingress", "gateway")));
        Duration limit = duration(manifests.the(ConfigMap.class).getData(), "DARKROOM_SCORING_TIMEOUT");
        Map<String, String> nginx = manifests.the(Ingress.class).getMetadata().getAnnotations();
        HttpRoute.Rule route = manifests.the(HttpRoute.class).spec().rules().get(0);
        Integer port = manifests.the(Service.class).getSpec().getPorts().get(0).getPort();

        assertThat(Duration.ofSeconds(Long.parseLong(nginx.get("nginx.ingress.kubernetes.io/proxy-read-timeout")))).isGreaterThan(limit);
        assertThat(nginx).containsEntry("nginx.ingress.kubernetes.io/proxy-next-upstream", "off");
        assertThat(DurationConverter.parseDuration(route.timeouts().backendRequest())).isGreaterThan(limit);
        assertThat(route.backendRefs()).containsExactly(new HttpRoute.Backend("darkroom", port));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void componentsFitTheBase(List<String> components) {
        assertThat(Manifests.parse(Kustomize.renderWith(components)).requireKnownFields().documents()).isNotEmpty();
    }

    @Test
    void everyComponentIsRendered() {
        assertThat(combinations().flatMap(List::stream)).containsAll(
                Kustomize.components().stream().map(folder -> folder.getFileName().toString()).toList());
    }

    @Test
    void aMisspeltFieldIsAnError() {
        String rendered = Kustomize.render(Kustomize.ROOT.resolve("overlays/cpu"));
        for (String field : List.of("periodSeconds", "readOnlyRootFilesystem", "maxUnavailable", "containerPort", "configMapRef")) {
            String misspelt = rendered.replace(field + ":", field + "s:");
            assertThat(misspelt).isNotEqualTo(rendered);
            assertThatThrownBy(() -> Manifests.parse(misspelt).requireKnownFields()).isInstanceOf(AssertionError.class).hasMessageContaining(field + "s");
        }
        assertThatCode(() -> Manifests.parse(rendered).requireKnownFields()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodIsAllowedWhereOnlyRestrictedOnesAre(Path overlay) {
        List<PodSpec> pods = pods(Manifests.parse(Kustomize.render(overlay)));
        assertThat(pods).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(container.getVolumeMounts()).anyMatch(mount -> mount.getMountPath().equals("/tmp"));
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void memoryIsReservedAndLimitedAlike(Path overlay) {
        assertThat(pods(Manifests.parse(Kustomize.render(overlay)))).flatExtracting(PodSpec::getContainers).extracting(Container::getResources)
                .allSatisfy(resources -> assertThat(resources.getRequests().get("memory")).isNotNull().isEqualTo(resources.getLimits().get("memory")));
    }

    @Test
    void thereIsTimeToFinishWhatWasAccepted() {
        for (String components : List.of("hpa", "gpu")) {
            Manifests manifests = Manifests.parse(Kustomize.renderWith(List.of(components)));
            Map<String, String> settings = manifests.the(ConfigMap.class).getData();
            Duration drain = duration(settings, "QUARKUS_SHUTDOWN_DELAY").plus(duration(settings, "QUARKUS_SHUTDOWN_TIMEOUT"));
            long grace = pods(manifests).get(0).getTerminationGracePeriodSeconds();

            assertThat(duration(settings, "QUARKUS_SHUTDOWN_TIMEOUT")).isGreaterThan(duration(settings, "DARKROOM_LIMITS_TIMEOUT"))
                    .isGreaterThan(duration(settings, "DARKROOM_SCORING_TIMEOUT"));
            assertThat(Duration.ofSeconds(grace)).isGreaterThan(drain);
        }
    }

    /** As the launcher and the service share it, unless a setting says otherwise. */
    @Test
    void theQueueHasRoomForTheLargestUploadAndFitsTheMemory() throws Exception {
        long raster = 100_000_000L * 4 * 2; // 16 bits, with alpha
        long largest = 3 * raster + (128L << 20); // restored, and twice the file that is made of it; and the upload
        for (List<String> components : List.of(List.of("hpa"), List.of("gpu"), List.of("gpu", "gpus"))) {
            Manifests manifests = Manifests.parse(Kustomize.renderWith(components));
            Container container = pods(manifests).get(0).getContainers().get(0);
            var settings = new HashMap<>(manifests.the(ConfigMap.class).getData());
            container.getEnv().stream().filter(variable -> variable.getValue() != null).forEach(variable -> settings.put(variable.getName(), variable.getValue()));
            long limit = Quantity.getAmountInBytes(container.getResources().getLimits().get("memory")).longValueExact();
            var memory = ProcessMemoryTest.shared(limit);
            long queue = Optional.ofNullable(settings.get("DARKROOM_LIMITS_QUEUE_MEMORY"))
                    .map(text -> Quantity.getAmountInBytes(new Quantity(text.replaceAll("([MG])$", "$1i"))).longValueExact()).orElse(memory.forPictures());

            assertThat(settings.get("JAVA_OPTS")).doesNotContain("-Xmx");
            assertThat(queue).isGreaterThan(largest);
            assertThat(memory.has(queue)).isTrue();
        }
    }

    /** Otherwise uploads are refused before the autoscaler sees that there are too many. */
    @Test
    void theAutoscalersTargetFitsIntoTheQueueOfAFastDevice() {
        Manifests manifests = Manifests.parse(Kustomize.render(Kustomize.ROOT.resolve("overlays/gpu-prod")));
        Container container = pods(manifests).get(0).getContainers().get(0);
        double megapixels = container.getEnv().stream().filter(variable -> variable.getName().equals("DARKROOM_LIMITS_QUEUE_MEGAPIXELS"))
                .mapToDouble(variable -> Double.parseDouble(variable.getValue())).findFirst().orElseThrow();
        double target = manifests.the(HorizontalPodAutoscaler.class).getSpec().getMetrics().get(0).getPods().getTarget().getAverageValue().getNumericalAmount().doubleValue();
        double megapixelsPerSecond = 300; // several times what the figures in docs/scale.md assume

        assertThat(target).isLessThan(megapixels / megapixelsPerSecond / 2);
    }

    @Test
    void theServiceFindsThePods() {
        Manifests manifests = Manifests.parse(Kustomize.render(Kustomize.ROOT.resolve("overlays/gpu-prod")));
        var deployment = manifests.the(Deployment.class);
        Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
        Container container = deployment.getSpec().getTemplate().getSpec().getContainers().get(0);

        assertThat(labels).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels())
                .containsAllEntriesOf(manifests.the(Service.class).getSpec().getSelector())
                .containsAllEntriesOf(manifests.the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
                .containsAllEntriesOf(manifests.the(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels());
        assertThat(manifests.the(Service.class).getSpec().getPorts().get(0).getTargetPort().getStrVal()).isEqualTo(container.getPorts().get(0).getName());
        assertThat(manifests.the(HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef().getName()).isEqualTo(deployment.getMetadata().getName());
        assertThat(manifests.all(ConfigMap.class)).extracting(map -> map.getMetadata().getName())
                .contains(container.getEnvFrom().get(0).getConfigMapRef().getName());
        assertThat(manifests.documents()).filteredOn(document -> !document.path("kind").asText().equals("Namespace"))
                .allMatch(document -> document.at("/metadata/namespace").asText().equals(manifests.the(Namespace.class).getMetadata().getName()));
    }

    @ParameterizedTest
    @CsvSource({"cpu, false", "gpu-prod, true", "kserve, true"})
    void onlyThoseWithAKeyMayCallUnlessAnOverlaySaysOtherwise(String overlay, boolean onlyWithKeys) {
        Manifests manifests = Manifests.parse(Kustomize.render(Kustomize.ROOT.resolve("overlays").resolve(overlay)));
        Map<String, String> settings = manifests.all(ConfigMap.class).stream().map(ConfigMap::getData)
                .filter(data -> data.containsKey("DARKROOM_ACCESS_KEYS")).findFirst().orElseThrow();
        PodSpec pod = pods(manifests).get(0);

        assertThat(settings.containsKey("DARKROOM_ACCESS_ANONYMOUS")).isNotEqualTo(onlyWithKeys);
        assertThat(settings.get("DARKROOM_ACCESS_KEYS")).isEqualTo(onlyWithKeys ? "/etc/darkroom/keys" : "");
        assertThat(pod.getContainers().get(0).getVolumeMounts()).anyMatch(mount -> mount.getName().equals("keys")
                && mount.getMountPath().equals("/etc/darkroom") && mount.getReadOnly());
        assertThat(pod.getVolumes()).anyMatch(volume -> volume.getName().equals("keys") && volume.getSecret().getSecretName().equals("darkroom-keys"));
    }

    @Test
    void aGpuPodTakesOneGpuAndAMigPodASlice() {
        assertThat(limits("gpu")).containsEntry("nvidia.com/gpu", new Quantity("1"));
        assertThat(limits("gpu", "mig")).containsKey("nvidia.com/mig-1g.10gb").doesNotContainKey("nvidia.com/gpu");
    }

    /** By name: with "auto" a driver that does not work would mean a service on the CPU. */
    @Test
    void aProcessForSeveralGpusNamesAsManyAsItTakes() {
        Container container = pods(Manifests.parse(Kustomize.renderWith(List.of("gpu", "gpus")))).get(0).getContainers().get(0);
        String devices = container.getEnv().stream().filter(variable -> variable.getName().equals("DARKROOM_INFERENCE_DEVICE")).findFirst().orElseThrow().getValue();

        assertThat(devices.split(",")).doesNotHaveDuplicates().allMatch(device -> device.matches("cuda:\\d"))
                .hasSize(container.getResources().getLimits().get("nvidia.com/gpu").getNumericalAmount().intValue());
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).as("which knows a lost device from a stuck one").isEqualTo("/q/health/live");
    }

    /** Without a limit of its processor time a pod sees all cores of its node, and would start as many threads. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu-prod", "kserve", "bulk"})
    void aPodStartsThreadsForTheCoresItReserves(String overlay) {
        assertThat(pods(Manifests.parse(Kustomize.render(Kustomize.ROOT.resolve("overlays").resolve(overlay))))).flatExtracting(PodSpec::getContainers)
                .allSatisfy(container -> {
                    assertThat(container.getEnv()).anyMatch(variable -> variable.getName().equals("CPUS")
                            && variable.getValueFrom().getResourceFieldRef().getResource().equals("requests.cpu"));
                    assertThat(container.getEnv()).anyMatch(variable -> variable.getName().equals("JAVA_OPTS")
                            && variable.getValue().contains("-XX:ActiveProcessorCount=$(CPUS)"));
                });
    }

    @Test
    void everyShardOfABulkJobHasAPod() {
        Job job = Manifests.parse(Kustomize.render(Kustomize.ROOT.resolve("overlays/bulk"))).the(Job.class);
        assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
                .contains("--shard=$(JOB_COMPLETION_INDEX)/" + job.getSpec().getCompletions(), "--skip-existing");
    }

    private static Map<String, Quantity> limits(String... components) {
        return pods(Manifests.parse(Kustomize.renderWith(List.of(components)))).get(0).getContainers().get(0).getResources().getLimits();
    }

    private static List<PodSpec> pods(Manifests manifests) {
        Stream<PodSpec> deployments = manifests.all(Deployment.class).stream().map(deployment -> deployment.getSpec().getTemplate().getSpec());
        Stream<PodSpec> jobs = manifests.all(Job.class).stream().map(job -> job.getSpec().getTemplate().getSpec());
        Stream<PodSpec> services = manifests.all(InferenceService.class).stream().map(service -> service.spec().predictor().pod());
        return Stream.of(deployments, jobs, services).flatMap(pods -> pods).toList();
    }

    private static Duration duration(Map<String, String> settings, String name) {
        return DurationConverter.parseDuration(settings.get(name));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)).anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }
}
