package dev.darkroom.train.halo;

import dev.darkroom.inference.checkpoint.BareNetwork;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.store.CheckpointDirectory;
import dev.darkroom.model.store.CheckpointPublisher;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.PhotoFileException;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom halo}: measures how much of its neighbours a tile has to see, and writes it into the manifests. */
@Command(name = "halo", mixinStandardHelpOptions = true, description = "Measures how much of its neighbours a tile has to see for an answer of 8 bits "
        + "to be what the whole picture gives, to a quarter of a step, and writes it into the manifests of the store.")
public final class HaloCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "CHECKPOINT", description = "As in denoise/pdl@1. Default: all of the store that are tiled exactly.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--pictures", paramLabel = "DIR", description = "Clean photographs, beside the made-up pictures that it is always measured on.")
    private Path pictures;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            List<Planes> photographs = pictures == null ? List.of() : PhotoFile.in(pictures).stream().map(file -> file.read().whole()).toList();
            boolean sound = true;
            for (CheckpointDirectory checkpoint : wanted()) {
                sound &= measure(checkpoint, photographs);
            }
            return sound ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (PhotoFileException e) {
            throw new ParameterException(spec.commandLine(), "--pictures: " + e.getMessage());
        }
    }

    private List<CheckpointDirectory> wanted() {
        List<CheckpointDirectory> all = CheckpointDirectory.in(store);
        for (String name : names) {
            if (all.stream().noneMatch(checkpoint -> checkpoint.id().toString().equals(name))) {
                throw new ParameterException(spec.commandLine(), "the store has no " + name);
            }
        }
        return all.stream().filter(checkpoint -> names.isEmpty() || names.contains(checkpoint.id().toString())).toList();
    }

    private boolean measure(CheckpointDirectory checkpoint, List<Planes> photographs) {
        CheckpointId id = checkpoint.id();
        try {
            Manifest manifest = Manifest.read(id, checkpoint.manifestFile());
            if (manifest.blended()) {
                spec.commandLine().getOut().printf("%s is blended: its tiles see what they see%n", id);
                return true;
            }
            try (BareNetwork network = BareNetwork.open(checkpoint.modelFile())) {
                Manifest.Halo halo = new HaloSearch(manifest, network).find(photographs);
                new CheckpointPublisher(store).record(id, halo);
                spec.commandLine().getOut().printf("%s: %d px instead of %d, at most %.2f of a step from the whole%n", id, halo.eightBit(),
                        manifest.receptiveFieldRadius(), halo.difference());
            }
            return true;
        } catch (ManifestException | CheckpointRefusedException e) {
            spec.commandLine().getErr().println(e instanceof ManifestException ? e.getMessage() : id + ": " + e.getMessage());
            return false;
        }
    }
}
