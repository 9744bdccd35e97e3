package dev.darkroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.bench.picture.Mix;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.Scene;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.TensorLiteral;
import dev.darkroom.model.store.CheckpointPublisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every phase for a moment, with a network of one addition and small pictures. */
class BenchCommandTest {
    private static final Mix SMALL = new Mix(
            List.of(new SizeClass("tiny", 61, 47, 3), new SizeClass("small", 300, 201, 2)), new SizeClass("large", 700, 500, 0));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path json;

    @BeforeEach
    void publishATinyCheckpoint() throws URISyntaxException {
        var x = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0.5f, 0.5f, 0.5f});
        var y = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0.75f, 0.75f, 0.75f});
        var condition = TensorLiteral.of(new long[] {1, 1}, new float[] {0.25f});
        var manifest = new Manifest(Task.DENOISE, "baseline", 1, "brighten", 0, "0".repeat(64), new Manifest.Channels(3, 3),
                new Manifest.Range(0, 1), 1, List.of("sigma/255"), 1, 0, List.of(128, 256), List.of(Precision.FLOAT32), null, List.of(),
                new Manifest.SelfTest(x, condition, y, 1e-6), null);
        Path model = Path.of(BenchCommandTest.class.getResource("/dev/darkroom/inference/brighten.pt").toURI());
        new CheckpointPublisher(folder.resolve("store")).publish(manifest, model);
        json = folder.resolve("bench.json");
    }

    @Test
    void measuresEveryPhase() throws IOException {
        assertThat(run("--seconds=0.1", "--phases=throughput,codecs,idle,overload,fairness,soak", "--soak=300ms", "--timeout=10s",
                "--json=" + json)).as(err.toString()).isZero();

        JsonNode found = new ObjectMapper().readTree(json.toFile());
        assertThat(found.fieldNames()).toIterable().containsExactly("environment", "throughput", "idle", "codecs", "overload", "prediction", "fairness", "soak");
        assertThat(found.at("/environment/device").asText()).isEqualTo("cpu float32");
        assertThat(found.at("/throughput/ratio/median").asDouble()).isPositive();
        assertThat(found.at("/throughput/rounds").size()).isGreaterThanOrEqualTo(3);
        assertThat(found.at("/idle/added/count").asInt()).isGreaterThanOrEqualTo(20);
        assertThat(found.at("/codecs/megapixelsPerSecond").asDouble()).isPositive();
        assertThat(found.at("/codecs/codecs")).hasSize(4);
        assertThat(found.at("/overload/loads")).hasSize(4);
        assertThat(found.at("/fairness/beside/0/thumbnails/count").asInt()).isGreaterThanOrEqualTo(20);
        assertThat(found.at("/soak/samples").size()).isGreaterThanOrEqualTo(8);
        assertThat(out.toString()).contains("mix of sizes", "ratio in the same round", "added by the service", "1000.0 %", "slope");
    }

    @Test
    void answersEveryArrivalOfTheOpenLoop() throws IOException {
        assertThat(run("--seconds=0.2", "--phases=overload", "--json=" + json)).isZero();
        JsonNode loads = new ObjectMapper().readTree(json.toFile()).at("/overload/loads");
        assertThat(loads).allSatisfy(load -> {
            JsonNode summary = load.get("summary");
            long refused = Stream.of(summary.get("refusals")).flatMap(reasons -> Stream.iterate(reasons.elements(), i -> i.hasNext(), i -> i)
                    .map(i -> i.next().asLong())).mapToLong(Long::longValue).sum();
            assertThat(summary.get("answered").asLong() + refused).isEqualTo(summary.get("arrivals").asLong());
            assertThat(summary.get("wrong").asLong()).isZero();
            assertThat(summary.get("lost").asLong()).isZero();
        });
    }

    @Test
    void simulatesAFleetThatScales() throws IOException {
        Path plot = folder.resolve("plot.svg");
        assertThat(run("--simulate", "--shape=spike", "--rate=2", "--for=2m", "--services=1..4", "--speed=0.1", "--queue-megapixels=10",
                "--plot=" + plot, "--json=" + json)).as(err.toString()).isZero();

        JsonNode summary = new ObjectMapper().readTree(json.toFile()).at("/simulation/result/summary");
        assertThat(summary.get("answered").asLong()).isPositive();
        assertThat(summary.get("lost").asLong() + summary.get("failed").asLong()).isZero();
        assertThat(out.toString()).contains("simulated: services 1..4");
        assertThat(plot).content().contains("spike, 2.00 MP/s", "<polyline", "refused a minute");
    }

    @Test
    void takesPicturesFromAFolderOfPhotographs() throws IOException {
        Path photographs = Files.createDirectory(folder.resolve("photographs"));
        try (Picture picture = Picture.of(new SizeClass("", 40, 30, 1), Scene.picture(40, 30, 1), ImageFormat.PNG)) {
            Files.write(photographs.resolve("a.png"), picture.file());
        }
        Files.writeString(photographs.resolve("readme.txt"), "not a picture");
        assertThat(run("--seconds=0.01", "--phases=codecs", "--set=" + photographs)).isZero();
        assertThat(out.toString()).contains("from photographs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--phases=warp", "--soak=20", "--set=/nowhere", "--model=@1", "--precision=int3", "--seconds=soon", "--shape=flat"})
    void explainsAnOptionThatIsNotAllowed(String option) {
        assertThat(run(option)).isEqualTo(2);
        assertThat(err.toString()).contains("Usage:");
    }

    private int run(String... options) {
        String[] arguments = Stream.concat(Stream.of("--device=cpu", "--store=" + folder.resolve("store")), Stream.of(options)).toArray(String[]::new);
        return new CommandLine(new BenchCommand(SMALL)).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
