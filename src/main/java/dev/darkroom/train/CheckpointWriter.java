package dev.darkroom.train;

import dev.darkroom.inference.checkpoint.BareNetwork;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.store.CheckpointPublisher;
import dev.darkroom.train.network.Architecture;
import dev.darkroom.train.halo.HaloSearch;
import dev.darkroom.train.network.HalfPrecisionArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Puts a trained network into the store, with a manifest that says how to make it again. */
final class CheckpointWriter {
    private static final String UNHASHED = "0".repeat(64);
    private static final String OPTIMIZER =
            "Muon (0.95) for hidden kernels, Adam (0.9, 0.999) for the rest, rate %s with warm-up over 500 steps or a tenth of all and cosine decay, gradient norm clipped at 0.5, weights averaged with decay 0.999";

    private CheckpointWriter() {}

    /** @param command with which anyone repeats the training */
    static CheckpointId publish(Path store, TrainingPlan plan, Trained trained, int photos, String command) throws IOException {
        Path archive = plan.run().resolve("model.pt");
        Files.write(archive, trained.archive());
        Files.write(archive, HalfPrecisionArchive.of(archive));
        return new CheckpointPublisher(store).publishNext(measured(manifest(plan, trained, photos, command), archive), archive);
    }

    private static Manifest measured(Manifest manifest, Path archive) {
        try (BareNetwork network = BareNetwork.open(archive)) {
            return manifest.with(new HaloSearch(manifest, network).find());
        }
    }

    private static Manifest manifest(TrainingPlan plan, Trained trained, int photos, String command) {
        Architecture architecture = Architecture.read(plan.architecture());
        var training = new Manifest.Training(trained.recipe().toString(), trained.recipe().weights(), plan.data().getFileName().toString(), photos,
                trained.steps(), plan.batch(), plan.crop(), plan.seed(), Precision.valueOf(plan.precision().name()),
                OPTIMIZER.formatted(plan.learningRate()), Math.round(trained.minutes() * 10) / 10.0,
                LocalDate.now(ZoneOffset.UTC).toString(), command,
                plan.start().map(start -> new Manifest.Parent(start.id().toString(), start.sha256())).orElse(null));
        return new Manifest(plan.task(), plan.recipe().name(), 1, architecture.name(), architecture.parameters(), UNHASHED,
                architecture.channels(), architecture.range(), architecture.scale(), architecture.condition(),
                architecture.sizeMultiple(), architecture.receptiveFieldRadius(), architecture.tiles(),
                architecture.precisions(), training, List.of(), trained.selfTest(), "Apache-2.0");
    }
}
