package dev.darkroom.bench.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.bench.picture.Mix;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.TensorLiteral;
import dev.darkroom.model.store.CheckpointPublisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The whole command, on the CPU, with a network of one addition. */
class GpuCheckCommandTest {
    private static final Mix SMALL = new Mix(
            List.of(new SizeClass("tiny", 61, 47, 3), new SizeClass("small", 300, 201, 2)), new SizeClass("large", 700, 500, 0));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void publishATinyCheckpoint() throws URISyntaxException {
        var x = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0.5f, 0.5f, 0.5f});
        var y = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0.75f, 0.75f, 0.75f});
        var condition = TensorLiteral.of(new long[] {1, 1}, new float[] {0.25f});
        var manifest = new Manifest(Task.DENOISE, "baseline", 1, "brighten", 0, "0".repeat(64), new Manifest.Channels(3, 3),
                new Manifest.Range(0, 1), 1, List.of("sigma/255"), 1, 0, List.of(128, 256), List.of(Precision.FLOAT32), null, List.of(),
                new Manifest.SelfTest(x, condition, y, 1e-6), null);
        Path model = Path.of(GpuCheckCommandTest.class.getResource("/dev/darkroom/inference/brighten.pt").toURI());
        new CheckpointPublisher(folder.resolve("store")).publish(manifest, model);
    }

    @Test
    void looksIntoEverythingThatACpuHas() throws IOException {
        Path json = folder.resolve("check.json");

        assertThat(run("--device=cpu", "--seconds=0.1", "--requests=20", "--json=" + json)).as(err.toString()).isIn(0, 1);

        JsonNode found = new ObjectMapper().readTree(json.toFile());
        assertThat(found.fieldNames()).toIterable().containsExactly("environment", "device", "sweep", "mixed", "codecs", "overlap", "instances", "memory", "targets");
        assertThat(found.at("/device/device/device").asText()).isEqualTo("cpu");
        assertThat(found.at("/device/device/libtorch").asText()).isNotBlank();
        assertThat(found.at("/sweep/lines")).hasSize(4).allSatisfy(line -> { // two layouts, two sizes of tiles
            assertThat(line.at("/speed/bareBest").asDouble()).isPositive();
            assertThat(line.at("/speed/service").asDouble()).isPositive();
            assertThat(line.at("/decibels").asText()).isEqualTo("Infinity");
        });
        assertThat(found.at("/memory/requests").asLong()).isEqualTo(20);
        assertThat(found.at("/overlap/stages/computeMillis").asDouble()).isPositive();
        assertThat(found.at("/targets/targets").findValuesAsText("conclusion")).element(0).isIn("MET", "MISSED");
        assertThat(found.at("/targets/targets").findValuesAsText("conclusion")).endsWith("NOT_APPLICABLE", "NOT_APPLICABLE", "NOT_APPLICABLE");
        assertThat(out.toString()).contains("bare engine and service", "instances on one device", "not applicable");
    }

    @Test
    void looksOnlyIntoWhatIsAsked() {
        assertThat(run("--device=cpu", "--parts=memory", "--requests=5")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("memory over 5 requests").doesNotContain("bare engine and service", "instances on");
    }

    @Test
    void endsWithStatusTwoWhereThereIsNoDevice() {
        assumeTrue(Devices.names("auto").equals(List.of("cpu")), "there is a device");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("there is no device cuda:0", "docs/gpu.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--device=auto", "--device=cuda:0,cuda:1", "--device=gpu", "--parts=all", "--seconds=0", "--requests=0", "--tiles=0",
        "--model=demosaic/baseline", "--model=paint/baseline", "--model=denoise/@1", "--precisions=int8"})
    void explainsAnOptionThatIsNotAllowed(String option) {
        assertThat(run("--device=cpu", option)).isEqualTo(2);
        assertThat(err.toString()).contains("Usage:");
    }

    private int run(String... options) {
        String[] arguments = Stream.concat(Stream.of("--store=" + folder.resolve("store")), Stream.of(options)).toArray(String[]::new);
        return new CommandLine(new GpuCheckCommand(SMALL)).setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
