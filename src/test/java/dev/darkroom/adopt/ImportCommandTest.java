package dev.darkroom.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.Task;
import dev.darkroom.model.torchscript.Repacked;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Networks traced elsewhere become checkpoints by one command. */
class ImportCommandTest {
    private static final Path NETWORKS = Path.of("src/test/resources/dev/darkroom/adopt");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void givesATraceThatSeesLittleExactTiles() {
        assertThat(run(network("exact"), "--task", "denoise", "--loss", "mine", "--licence", "MIT", "--summary", "A small one.")).as(err.toString()).isZero();

        Manifest manifest = manifest(Task.DENOISE, 1);
        assertThat(manifest.tiling()).isEqualTo(Manifest.Tiling.EXACT);
        assertThat(manifest.receptiveFieldRadius()).isEqualTo(2);
        assertThat(manifest.sizeMultiple()).isOne();
        assertThat(manifest.scale()).isOne();
        assertThat(manifest.range()).isEqualTo(new Manifest.Range(0, 1));
        assertThat(manifest.tiles()).startsWith(128);
        assertThat(manifest.parameters()).isEqualTo(3 * 6 * 9 + 6 + 6 * 3 * 9 + 3);
        assertThat(manifest.licence()).isEqualTo("MIT");
        assertThat(manifest.summary()).isEqualTo("A small one.");
        assertThat(manifest.origin().source()).isEqualTo("exact.pt");
        assertThat(manifest.origin().command())
                .isEqualTo("./darkroom import exact.pt --task denoise --loss mine --licence MIT --summary 'A small one.'");
        assertThat(out.toString()).contains("takes colour from 0 to 1", "is told nothing but the picture", "takes pictures of any size",
                "sees 2 px around: tiles give exactly what the whole picture gives", "restored a picture of ", "denoise/mine@1 is in the store")
                .doesNotContain("a picture of 1 tiles");
    }

    @Test
    void blendsTheTilesOfOneThatTakesOneSizeAlone() {
        assertThat(run(network("attention"), "--task", "super-resolve", "--loss", "mine", "--scale", "2")).as(err.toString()).isZero();

        Manifest manifest = manifest(Task.SUPER_RESOLVE, 1);
        assertThat(manifest.tiling()).isEqualTo(Manifest.Tiling.BLENDED);
        assertThat(manifest.sizeMultiple()).isEqualTo(64);
        assertThat(manifest.tiles()).containsExactly(64);
        assertThat(manifest.scale()).isEqualTo(2);
        assertThat(manifest.tiledPsnrDb()).isGreaterThan(40);
        assertThat(out.toString()).contains("takes pictures of 64 x 64 px alone", "are blended", "no --licence was given");
    }

    @Test
    void blendsTheTilesOfOneThatSeesTheWholePicture() {
        assertThat(run(network("pooled"), "--task", "deblur", "--loss", "mine", "--max-megapixels", "2")).as(err.toString()).isZero();

        Manifest manifest = manifest(Task.DEBLUR, 1);
        assertThat(manifest.tiling()).isEqualTo(Manifest.Tiling.BLENDED);
        assertThat(manifest.sizeMultiple()).isOne();
        assertThat(manifest.limits()).isEqualTo(new Manifest.Limits(2.0, null));
    }

    @Test
    void takesACheckpointOfAnotherStoreUnderAnotherName() {
        Path other = Path.of("src/test/resources/dev/darkroom/enhance/store/deblur/whole/1");
        assertThat(run(other, "--task", "deblur", "--loss", "mine")).as(err.toString()).isZero();
        assertThat(run(other, "--task", "deblur", "--loss", "mine")).isZero();

        assertThat(manifest(Task.DEBLUR, 2).receptiveFieldRadius()).isEqualTo(2);
        assertThat(run(other, "--task", "denoise", "--loss", "mine")).isEqualTo(1);
        assertThat(err.toString()).contains("its task is deblur");
    }

    @Test
    void fetchesAnAddressThatHasTheHash() throws IOException {
        byte[] file = Files.readAllBytes(network("exact"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/networks/exact.pt", exchange -> {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:%d/networks/exact.pt".formatted(server.getAddress().getPort());
            assertThat(run(address, "--task", "denoise", "--loss", "mine")).isEqualTo(1);
            assertThat(run(address, "--task", "denoise", "--loss", "mine", "--sha256", "0".repeat(64))).isEqualTo(1);
            assertThat(err.toString()).contains("needs --sha256", "the file's sha256 is " + Sha256.of(file));
            assertThat(folder.resolve("store")).doesNotExist();

            assertThat(run(address, "--task", "denoise", "--loss", "mine", "--sha256", Sha256.of(file))).isZero();
            assertThat(manifest(Task.DENOISE, 1).origin().source()).isEqualTo(address);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void neverFetchesWithoutTls() {
        assertThat(run("http://example.org/exact.pt", "--task", "denoise", "--loss", "mine", "--sha256", "0".repeat(64))).isEqualTo(1);
        assertThat(err.toString()).contains("only https addresses are fetched");
    }

    @Test
    void refusesWhatDoesNotOnlyCalculate() throws IOException {
        Path hostile = Files.write(folder.resolve("hostile.pt"), Repacked.of(network("exact"))
                .with("code/__torch__.py", code -> code.replace("torch.gelu(", "torch.from_file(\"/etc/passwd\", False, 100).add(")).bytes());
        assertThat(run(hostile, "--task", "denoise", "--loss", "mine")).isEqualTo(1);
        assertThat(err.toString()).contains("aten::from_file");
    }

    @Test
    void refusesWhatScalesItsInputInPlace() throws IOException {
        Path greedy = Files.write(folder.resolve("greedy.pt"), Repacked.of(network("exact"))
                .with("code/__torch__.py", code -> code.replaceFirst("\\n    return ", "\n    _99 = torch.mul_(x, 2)\n    return ")).bytes());
        assertThat(run(greedy, "--task", "denoise", "--loss", "mine")).isEqualTo(1);
        assertThat(err.toString()).contains("it changes the picture that it is given");
    }

    @Test
    void saysWhatIsWrongBeforeAnythingIsInTheStore() throws IOException {
        assertThat(run(network("attention"), "--task", "super-resolve", "--loss", "mine", "--scale", "4")).isEqualTo(1);
        assertThat(run(network("attention"), "--task", "denoise", "--loss", "mine")).isEqualTo(1);
        assertThat(run(Files.writeString(folder.resolve("notes.txt"), "no network"), "--task", "denoise", "--loss", "mine")).isEqualTo(1);
        assertThat(run(Path.of("nowhere.pt"), "--task", "denoise", "--loss", "mine")).isEqualTo(1);
        assertThat(run(network("exact"), "--task", "polish", "--loss", "mine")).isEqualTo(2);

        assertThat(err.toString()).contains("it enlarges 2 times, not 4", "denoise needs a scale of 1", "this is no TorchScript", "there is no file nowhere.pt",
                "there is no task polish");
        assertThat(folder.resolve("store")).doesNotExist();
    }

    /** The weights are random; where the command's own Python is not installed there is nothing that could read them. */
    @Test
    void exportsAPyTorchCheckpointThatSpandrelKnows() throws Exception {
        Path python = PythonEnvironment.defaultFolder();
        assumeTrue(new PythonEnvironment(python).isInstalled(), "./darkroom import has not installed its Python here");
        assertThat(new ProcessBuilder(python.resolve("bin/python").toString(), NETWORKS.resolve("architectures.py").toString(), folder.toString(),
                "super-resolve-4-compact", "denoise-1-drunet").inheritIO().start().waitFor()).isZero();

        assertThat(run(folder.resolve("super-resolve-4-compact.pth"), "--task", "super-resolve", "--loss", "mine")).as(err.toString()).isZero();
        assertThat(run(folder.resolve("denoise-1-drunet.pth"), "--task", "denoise", "--loss", "mine")).as(err.toString()).isZero();

        assertThat(manifest(Task.SUPER_RESOLVE, 1).architecture()).contains("Compact");
        assertThat(manifest(Task.SUPER_RESOLVE, 1).scale()).isEqualTo(4);
        assertThat(manifest(Task.DENOISE, 1).condition()).containsExactly("sigma/255");
        assertThat(manifest(Task.DENOISE, 1).sizeMultiple()).isEqualTo(8);
    }

    private static Path network(String name) {
        return NETWORKS.resolve(name + ".pt");
    }

    private Manifest manifest(Task task, int version) {
        Path checkpoint = folder.resolve("store").resolve(task.pathName()).resolve("mine").resolve(Integer.toString(version));
        return Manifest.read(new CheckpointId(task, "mine", version), checkpoint.resolve("manifest.json"));
    }

    private int run(Object file, String... options) {
        List<String> arguments = Stream.concat(Stream.of(file.toString(), "--store", folder.resolve("store").toString()), Stream.of(options)).toList();
        return new CommandLine(new ImportCommand()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
