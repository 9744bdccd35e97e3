package dev.darkroom.train.evaluation;

import dev.darkroom.model.Restraint;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.CheckpointPublisher;
import dev.darkroom.train.degradation.GaussianNoise;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.PhotoFileException;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code darkroom restrain}: measures how much of what checkpoints change in good JPEG files is good for them, and writes it into the manifests. */
@Command(name = "restrain", mixinStandardHelpOptions = true, description = "Measures how well what a checkpoint changes in JPEG files agrees "
        + "with what they have lost, and writes it into its manifest: the service then keeps as much of the change as is good for a file.")
public final class RestrainCommand implements Callable<Integer> {

    /** From none to a standard deviation of one less, on the 0..255 scale: what cameras' files have in light that is not too poor. */
    private static final int GRAINS = 5;

    @Option(names = "--photos", required = true, paramLabel = "DIR", description = "Photographs, with the folders in it. They are used at half their size, where "
            + "what an earlier JPEG file left in them does not show. Not those that anything is evaluated on.")
    private Path photos;

    @Option(names = "--every", defaultValue = "1", paramLabel = "N", description = "Take every N-th photograph. Default: ${DEFAULT-VALUE}.")
    private int every;

    @Option(names = "--side", defaultValue = "256", paramLabel = "PIXELS", description = "Of the square in the middle that is looked at. Default: ${DEFAULT-VALUE}.")
    private int side;

    @Option(names = "--task", defaultValue = "dejpeg", description = "Of the checkpoints: ${DEFAULT-VALUE}.")
    private String task;

    @Option(names = "--model", paramLabel = "LOSS[@VERSION]", description = "A checkpoint of the store; may be given several times. Default: baseline.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Task known = Task.find(task).orElseThrow(() -> new ParameterException(spec.commandLine(), "--task: there is no task " + task));
        if (every < 1 || side < 1) {
            throw new ParameterException(spec.commandLine(), "--every and --side need 1 or more");
        }
        try {
            List<Planes> clean = photographs();
            for (String model : models.isEmpty() ? List.of("baseline") : models) {
                measure(known, model, clean);
            }
            return ExitCode.OK;
        } catch (PhotoFileException e) {
            throw new ParameterException(spec.commandLine(), "--photos: " + e.getMessage());
        } catch (TrainingException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private List<Planes> photographs() {
        List<PhotoFile> files = PhotoFile.below(photos);
        List<Planes> squares = new ArrayList<>();
        for (int i = 0; i < files.size(); i += every) {
            Photograph half = files.get(i).read().halved();
            if (Math.min(half.width(), half.height()) >= side) {
                Planes square = half.part((half.width() - side) / 2, (half.height() - side) / 2, side, side);
                squares.add(grainy(square, squares.size()));
            }
        }
        if (squares.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--photos: none has sides of %d pixels".formatted(2 * side));
        }
        return squares;
    }

    /** What a file of high quality keeps and halving took away: the first photograph has none, each next one more, and after the fourth they begin again. */
    private static Planes grainy(Planes photograph, int number) {
        int size = photograph.width() * photograph.height();
        float[] grain = GaussianNoise.sample(0, number, number % GRAINS, size);
        float[] values = photograph.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(1, Math.max(0, values[i] + grain[i % size]));
        }
        return photograph.with(values);
    }

    private void measure(Task known, String model, List<Planes> clean) {
        CheckpointRestorer checkpoint = CheckpointRestorer.open(store, known, model, OptionalInt.of(1), Optional.empty(), new LastShake());
        Restraint restraint = new RestraintSearch(checkpoint::unrestrained).find(clean);
        if (restraint.byLoss().isEmpty()) {
            throw new TrainingException("too few photographs, or too small ones, to say anything of " + checkpoint.id());
        }
        new CheckpointPublisher(store).record(checkpoint.id(), restraint);
        spec.commandLine().getOut().printf("%s, by %d photographs:%n", checkpoint.id(), clean.size());
        restraint.byLoss().forEach(agreement -> spec.commandLine().getOut().printf("  files at %.0f dB: cosine %.2f%n", agreement.psnrDb(), agreement.cosine()));
    }
}
