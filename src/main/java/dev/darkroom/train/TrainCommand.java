package dev.darkroom.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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

    @Option(names = "--loss", defaultValue = "baseline", description = "What it is trained with: ${DEFAULT-VALUE} (a pixel loss).")
    private String loss;

    @Option(names = "--psnr-from", paramLabel = "SHARE", defaultValue = "0.65", description = "After this share of the training, PSNR itself is maximised instead of L1 minimised; 1: never. Default: ${DEFAULT-VALUE}.")
    private double psnrFrom;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of clean photographs, searched recursively.")
    private Path data;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store that gets the checkpoint and has the architectures. Default: ${DEFAULT-VALUE}.")
    private Path store;

    @Option(names = "--architecture", paramLabel = "NAME", defaultValue = "denoiser", description = "Folder in the store's architectures: ${DEFAULT-VALUE}.")
    private String architecture;

    @Option(names = "--run", paramLabel = "DIR", description = "Folder for the state of the training. Default: runs/TASK-LOSS.")
    private Path run;

    @Option(names = "--seed", defaultValue = "1", description = "Of weights, crops, noise and held-out photographs: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--steps", defaultValue = "60000", description = "Steps until the learning rate has decayed: ${DEFAULT-VALUE}.")
    private long steps;

    @Option(names = "--minutes", defaultValue = "600", description = "The decay also ends after this time, summed over interruptions: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--batch", defaultValue = "4", description = "Crops a step: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--crop", defaultValue = "96", description = "Side of a crop in pixels: ${DEFAULT-VALUE}.")
    private int crop;

    @Option(names = "--learning-rate", defaultValue = "1e-3", description = "At its peak: ${DEFAULT-VALUE}.")
    private double learningRate;

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
        Device device = Engine.getEngine("PyTorch").getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
        TrainingPlan plan = plan(device);
        var progress = new Progress(plan, out);
        try {
            List<Photograph> photographs = PhotoFolder.read(data, crop, progress::warn);
            out.printf("%d photographs, %s, %s%n", photographs.size(), device, plan.precision());
            Trained trained = train(plan, photographs, device, progress);
            if (progress.stopRequested()) {
                out.println("stopped; the same command goes on from here");
                return 1;
            }
            CheckpointId id = CheckpointWriter.publish(store, plan, trained, photographs.size(), command());
            out.printf("%s after %d steps%n", id, trained.steps());
            return 0;
        } catch (TrainingException | IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    /** The process ends only when the last step is on disk, also when it is told to end. */
    private static Trained train(TrainingPlan plan, List<Photograph> photographs, Device device, Progress progress)
            throws InterruptedException, IOException {
        Thread training = Thread.currentThread();
        Thread onSignal = new Thread(() -> {
            progress.stop();
            try {
                training.join(Duration.ofMinutes(1).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (var trainer = new Trainer(plan, photographs, new NoisyUploads(), device, progress)) {
            return trainer.train();
        } finally {
            if (!progress.stopRequested()) {
                Runtime.getRuntime().removeShutdownHook(onSignal);
            }
        }
    }

    private TrainingPlan plan(Device device) {
        Task known = Task.find(task).filter(Task.DENOISE::equals).orElseThrow(() -> refusal("--task: only denoise can be trained"));
        if (!loss.equals("baseline")) {
            throw refusal("--loss: only baseline can be trained");
        }
        if (batch < 1 || crop < 16 || crop % 4 != 0 || steps < 1 || minutes <= 0 || heldOut < 1 || workers < 0) {
            throw refusal("--batch, --steps, --minutes and --held-out must be positive, --crop a multiple of 4 and at least 16");
        }
        Path folder = store.resolve("architectures").resolve(architecture);
        int threads = device.isGpu() ? 1 : workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        return new TrainingPlan(known, loss, psnrFrom, data, folder, run == null ? Path.of("runs", task + "-" + loss) : run, seed, steps,
                Duration.ofMillis((long) (minutes * 60_000)), batch, crop, learningRate, precision(folder, device), heldOut, threads);
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
        return "./darkroom train --task %s --loss %s --psnr-from %s --data DIR --architecture %s --seed %d --steps %d --minutes %s --batch %d --crop %d --learning-rate %s --held-out %d"
                .formatted(task, loss, psnrFrom, architecture, seed, steps, minutes, batch, crop, learningRate, heldOut);
    }
}
