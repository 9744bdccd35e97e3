package dev.darkroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.Task;
import dev.darkroom.model.numpy.MalformedArchiveException;
import dev.darkroom.model.numpy.NumpyArchive;
import dev.darkroom.model.numpy.NumpyWriter;
import dev.darkroom.model.pytorch.StateDictionary;
import dev.darkroom.model.pytorch.StateDictionaryException;
import dev.darkroom.model.torchscript.DamagedArchiveException;
import dev.darkroom.model.torchscript.ForbiddenScriptException;
import dev.darkroom.model.torchscript.TorchScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tampered manifests and weight files in front of what reads them: read, or refused by a failure of their own, and nothing else. */
class HostileModelFilesTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2000) / Kind.values().length;
    private static final long SEED = Long.getLong("fuzz.seed", 20261123);
    private static final Path RESOURCES = Path.of("src/test/resources/dev/darkroom");
    private static final CheckpointId ID = new CheckpointId(Task.DEBLUR, "baseline", 1);

    @TempDir
    Path folder;

    private interface Reader {
        void read(Path file) throws IOException;
    }

    /** What is read, and how it may be refused. */
    enum Kind {
        MANIFEST("manifest.json", file -> Manifest.read(ID, file), ManifestException.class),
        TORCHSCRIPT(".pt", file -> {
            TorchScriptFile archive = TorchScriptFile.open(file);
            if (archive.hasCode()) {
                archive.requireOnlyCalculates();
            }
        }, DamagedArchiveException.class, ForbiddenScriptException.class),
        STATE_DICTIONARY(".pth", StateDictionary::read, StateDictionaryException.class),
        NUMPY(".npz", NumpyArchive::read, MalformedArchiveException.class);

        private final String seeds;
        private final Reader reader;
        private final Set<Class<? extends Exception>> refusals;

        @SafeVarargs
        Kind(String seeds, Reader reader, Class<? extends Exception>... refusals) {
            this.seeds = seeds;
            this.reader = reader;
            this.refusals = Set.of(refusals);
        }

        List<byte[]> seeds() throws IOException {
            if (this == NUMPY) {
                return List.of(NumpyWriter.archive(
                        new TreeMap<>(Map.of("weight.npy", NumpyWriter.floats("2, 3", 1, 2, 3, 4, 5, 6), "bias.npy", NumpyWriter.floats("2,", 1, 2)))));
            }
            try (Stream<Path> files = Files.walk(RESOURCES)) {
                var seeds = new ArrayList<byte[]>();
                for (Path file : files.filter(path -> path.toString().endsWith(this.seeds) && path.toFile().length() < 1 << 17).toList()) {
                    seeds.add(Files.readAllBytes(file));
                }
                return seeds;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsOrRefusesEveryFile(Kind kind) throws IOException {
        var files = new Mutations(kind.seeds(), SEED);
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            Path file = folder.resolve(i + ".bin");
            Files.write(file, files.next());
            try {
                kind.reader.read(file);
            } catch (Exception e) {
                if (kind.refusals.stream().noneMatch(refusal -> refusal.isInstance(e))) {
                    fail("input %d of seed %d".formatted(i, SEED), e);
                }
                refused++;
            } finally {
                Files.delete(file);
            }
        }
        System.out.printf("%d hostile files read as %s: %d refused%n", INPUTS, kind, refused);
        assertThat(refused).isGreaterThan(INPUTS / 4);
    }
}
