package dev.darkroom.bench.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.Gpu;
import dev.darkroom.bench.picture.Mix;
import dev.darkroom.bench.picture.SizeClass;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whole requests on a GPU: its memory, and what becomes of them when it has too little. */
@Tag("gpu")
class ServiceOnGpuTest {
    private static final Mix MIX = new Mix(
            List.of(new SizeClass("0.02 MP", 161, 127, 6), new SizeClass("0.3 MP", 661, 457, 3), new SizeClass("1 MP", 1153, 867, 1)),
            new SizeClass("large", 2000, 1500, 0));
    /** What a CPU, on which the test itself can be tried, is not asked. */
    private static final boolean CUDA = !Gpu.DEVICE.equals("cpu");

    @TempDir
    Path folder;

    @BeforeAll
    static void requireTheDevice() {
        Gpu.require();
    }

    @Test
    void keepsToItsMemoryOverManyRequests() throws IOException {
        JsonNode found = check("memory", CUDA ? 2000 : 10);

        assertThat(found.at("/memory/requests").asInt()).isEqualTo(CUDA ? 2000 : 10);
        assertThat(conclusion(found, "device memory steady")).isEqualTo(CUDA ? "MET" : "NOT_APPLICABLE");
    }

    @Test
    void answersEveryRequestWhenMemoryRunsOut() throws IOException {
        JsonNode found = check("starvation", 1);

        assertThat(conclusion(found, "every request answered")).isEqualTo(CUDA ? "MET" : "NOT_APPLICABLE");
    }

    private static String conclusion(JsonNode found, String aim) {
        for (JsonNode target : found.at("/targets/targets")) {
            if (target.get("aim").asText().startsWith(aim)) {
                return target.get("conclusion").asText();
            }
        }
        throw new AssertionError("no such aim: " + aim);
    }

    private JsonNode check(String part, int requests) throws IOException {
        Path json = folder.resolve("check.json");
        var err = new StringWriter();
        int status = new CommandLine(new GpuCheckCommand(MIX)).setErr(new PrintWriter(err, true))
                .execute("--device=" + Gpu.DEVICE, "--parts=" + part, "--requests=" + requests, "--json=" + json);
        assertThat(status).as(err.toString()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
