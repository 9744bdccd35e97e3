package dev.darkroom.train;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.UnknownMeasureException;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.loss.network.FeatureWeightsException;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Task;
import dev.darkroom.terminal.Interruption;
import dev.darkroom.train.curriculum.Curriculum;
import dev.darkroom.train.network.FastestPrecision;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.Photograph;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code darkroom train}: makes a checkpoint from a folder of photographs and puts it into the store. */
@Command(name = "train", mixinStandardHelpOptions = true,
        description = "Trains a checkpoint from a folder of photographs and puts it into the store. Interrupted, it goes on where it stood.")
public final class TrainCommand implements Callable<Integer> {
    @Option(names = "--task", defaultValue = "denoise", description = "What the checkpoint is for: ${DEFAULT-VALUE}.")
    private String task;

    @Option(names = "--loss", defaultValue = "baseline", description = "Its loss's name in the store: ${DEFAULT-VALUE}.")
    private String loss;

    @Option(names = "--term", paramLabel = "MEASURE=WEIGHT", description = "A measure of GET /v1/metrics-catalog to minimise beside the pixels; may be given several times.")
    private Map<String, Double> terms = new LinkedHashMap<>();

    @Option(names = "--balanced", description = "Weights of terms are multiples of the pixels' loss, measured with the weights that the training starts from.")
    private boolean balanced;

    @Option(names = "--option", paramLabel = "MEASURE.OPTION=VALUE", description = "Of a term, for example pdl.projection=r2p; may be given several times.")
    private Map<String, String> termOptions = new LinkedHashMap<>();

    @Option(names = "--psnr-from", paramLabel = "SHARE", defaultValue = "0.65", description = "After this share of the training, PSNR itself is maximised instead of L1 minimised; 1: never. Default: ${DEFAULT-VALUE}.")
    private double psnrFrom;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of clean photographs, searched recursively.")
    private Path data;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store that gets the checkpoint and has the architectures. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Option(names = "--architecture", paramLabel = "NAME", description = "Folder in the store's architectures. Default: the task's own.")
    private String architecture;

    @Option(names = "--scale", defaultValue = "4", description = "super-resolve: 2 or 4: ${DEFAULT-VALUE}.")
    private int scale;

    @Option(names = "--from", paramLabel = "TASK/LOSS@VERSION", description = "Start from this checkpoint's weights where names and shapes agree.")
    private String from;

    @Option(names = "--halve-below", paramLabel = "MP", defaultValue = "0", description = "Photographs of fewer megapixels are used at half their size, where traces of lossy files are gone. Default: ${DEFAULT-VALUE}.")
    private double halveBelow;

    @Option(names = "--run", paramLabel = "DIR", description = "Folder for the state of the training. Default: runs/ARCHITECTURE-LOSS.")
    private Path run;

    @Option(names = "--seed", defaultValue = "1", description = "Of weights, crops, degradations and held-out photographs: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--steps", defaultValue = "60000", description = "Steps until the learning rate has decayed; 0 puts the weights of --from into the architecture as they are: ${DEFAULT-VALUE}.")
    private long steps;

    @Option(names = "--minutes", defaultValue = "600", description = "The decay also ends after this time, summed over interruptions: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--batch", defaultValue = "4", description = "Crops a step: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--crop", defaultValue = "96", description = "Side of a crop in pixels: ${DEFAULT-VALUE}.")
    private int crop;

    @Option(names = "--learning-rate", defaultValue = "1e-3", description = "At its peak: ${DEFAULT-VALUE}.")
    private double learningRate;

    @Option(names = "--device", defaultValue = "auto", description = "auto (the first CUDA device, else the CPU), cpu or cuda:N: ${DEFAULT-VALUE}.")
    private String wantedDevice;

    @Option(names = "--precision", defaultValue = "auto", description = "Of the hidden features: float32, bfloat16, or auto for the faster one.")
    private String precision;

    @Option(names = "--held-out", defaultValue = "12", description = "Photographs kept for validation: ${DEFAULT-VALUE}.")
    private int heldOut;

    @Option(names = "--workers", defaultValue = "0", description = "Threads that share a step; 0: all cores, 1 on a GPU. With 1 a training is repeatable to the bit.")
    private int workers;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        Device device = device();
        try {
            TrainingPlan plan = plan(device);
            var progress = new Progress(plan, out);
            Curriculum curriculum = Curriculum.of(plan.task(), scale());
            List<Photograph> photographs = PhotoFolder.read(data, crop + 2 * curriculum.training().margin(), halveBelow, progress::warn);
            out.printf("%d photographs, %s, %s%n", photographs.size(), device, plan.precision());
            Trained trained = train(plan, photographs, curriculum, device, progress);
            if (progress.stopRequested()) {
                out.println("stopped; the same command goes on from here");
                return 1;
            }
            CheckpointId id = CheckpointWriter.publish(store, plan, trained, photographs.size(), command());
            out.printf("%s after %d steps%n", id, trained.steps());
            return 0;
        } catch (TrainingException | UnknownMeasureException | MeasureOptionException | FeatureWeightsException | IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    /** The process ends only when the last step is on disk, also when it is told to end. */
    private static Trained train(TrainingPlan plan, List<Photograph> photographs, Curriculum curriculum, Device device, Progress progress)
            throws InterruptedException, IOException {
        try (var interruptible = Interruption.heeded(progress::stop); var trainer = new Trainer(plan, photographs, curriculum, device, progress)) {
            return trainer.train();
        }
    }

    private TrainingPlan plan(Device device) {
        Task known = Task.find(task).orElseThrow(() -> refusal("--task: there is no task " + task));
        if (scale != 2 && scale != 4) {
            throw refusal("--scale: 2 or 4");
        }
        if (batch < 1 || crop < 16 || crop % 8 != 0 || steps < 0 || minutes <= 0 || heldOut < 1 || workers < 0) {
            throw refusal("--batch, --minutes and --held-out must be positive, --steps not negative, --crop a multiple of 8 and at least 16");
        }
        Path folder = store.resolve("architectures").resolve(architecture());
        Path state = run == null ? Path.of("runs", architecture() + "-" + loss) : run;
        Optional<StartingPoint> start = Optional.ofNullable(from).map(name -> StartingPoint.find(store, name));
        int threads = device.isGpu() ? 1 : workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        return new TrainingPlan(known, recipe(), start, data, folder, state, seed, steps,
                Duration.ofMillis((long) (minutes * 60_000)), batch, crop, learningRate, precision(folder, device), heldOut, threads);
    }

    private Recipe recipe() {
        if (!CheckpointId.isLoss(loss)) {
            throw refusal("--loss: a letter or digit, then letters, digits, hyphens or underscores");
        }
        List<Term> chosen = terms.entrySet().stream().map(term -> Term.of(term.getKey(), term.getValue(), termOptions)).toList();
        if (!Term.takeAll(chosen, termOptions)) {
            throw refusal("--option: every option needs its --term");
        }
        if (chosen.stream().anyMatch(term -> !(term.weight() > 0 && term.weight() < Double.POSITIVE_INFINITY))) {
            throw refusal("--term: a weight must be positive");
        }
        return new Recipe(loss, psnrFrom, chosen, balanced, store.resolve("features"));
    }

    private String architecture() {
        if (architecture != null) {
            return architecture;
        }
        return switch (Task.find(task).orElseThrow()) {
            case DENOISE -> "denoiser";
            case SUPER_RESOLVE -> "enlarger_x" + scale;
            case DEBLUR -> "deblurrer";
            case DEMOSAIC -> "demosaicker";
            case DEJPEG -> "unblocker";
            case DEHAZE -> "dehazer";
        };
    }

    /** Of the network: output pixels per input pixel along one side. */
    private int scale() {
        return task.equals("super-resolve") ? scale : 1;
    }

    private Device device() {
        try {
            return TrainingDevice.of(wantedDevice);
        } catch (IllegalArgumentException e) {
            throw refusal("--device: " + e.getMessage());
        }
    }

    private DataType precision(Path folder, Device device) {
        return switch (precision.toLowerCase(Locale.ROOT)) {
            case "auto" -> FastestPrecision.of(folder, device);
            case "float32" -> DataType.FLOAT32;
            case "bfloat16" -> DataType.BFLOAT16;
            default -> throw refusal("--precision: float32, bfloat16 or auto");
        };
    }

    private ParameterException refusal(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private String command() {
        return "./darkroom train --task %s --loss %s%s%s%s --data DIR%s --architecture %s --seed %d --steps %d --minutes %s --batch %d --crop %d --learning-rate %s --held-out %d"
                .formatted(task, loss, scale() > 1 ? " --scale " + scale : "", from == null ? "" : " --from " + from, recipe().options(),
                        halveBelow > 0 ? " --halve-below " + halveBelow : "", architecture(), seed, steps, minutes, batch, crop, learningRate, heldOut);
    }
}
