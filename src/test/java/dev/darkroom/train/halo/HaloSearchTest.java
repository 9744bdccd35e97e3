package dev.darkroom.train.halo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.checkpoint.BareNetwork;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** On the small networks of the tests, which look as far as their manifests say. */
class HaloSearchTest {
    private static final Path STORE = Path.of("src/test/resources/dev/darkroom/enhance/store");
    private static final CheckpointId DEJPEG = new CheckpointId(Task.DEJPEG, "baseline", 1);

    @TempDir
    Path folder;

    @Test
    void findsHowFarANetworkLooksVisibly() {
        Path checkpoint = STORE.resolve("dejpeg/baseline/1");
        Manifest manifest = Manifest.read(DEJPEG, checkpoint.resolve("manifest.json"));
        try (BareNetwork network = BareNetwork.open(checkpoint.resolve("model.pt"))) {
            var search = new HaloSearch(manifest, network);

            Manifest.Halo halo = search.find();

            assertThat(halo.eightBit()).isBetween(0, manifest.receptiveFieldRadius());
            assertThat(halo.difference()).isLessThan(0.25);
            assertThat(search.difference(Scenes.of(96).get(0), halo.eightBit())).isLessThan(0.25);
        }
    }

    @Test
    void writesWhatItFindsIntoTheManifestAndLeavesTheRest() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("dejpeg/baseline/1"));
        for (String file : new String[] {"model.pt", "manifest.json"}) {
            Files.copy(STORE.resolve("dejpeg/baseline/1").resolve(file), copy.resolve(file));
        }
        Manifest before = Manifest.read(DEJPEG, copy.resolve("manifest.json"));

        int code = new CommandLine(new HaloCommand()).execute("--store", folder.toString(), "dejpeg/baseline@1");

        Manifest after = Manifest.read(DEJPEG, copy.resolve("manifest.json"));
        assertThat(code).isZero();
        assertThat(after.halo()).isNotNull();
        assertThat(after.with((Manifest.Halo) null)).isEqualTo(before);
    }

    @Test
    void saysWhatTheStoreHasNot() {
        assertThat(new CommandLine(new HaloCommand()).execute("--store", STORE.toString(), "dejpeg/nobody@1")).isEqualTo(2);
    }
}
