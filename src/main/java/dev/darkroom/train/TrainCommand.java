package dev.darkroom.train;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code darkroom train}. */
@Command(name = "train", mixinStandardHelpOptions = true, description = "Train a checkpoint from a folder of photographs.")
public final class TrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Folder of clean photographs, searched recursively.")
    Path data;

    @Option(names = "--architecture", defaultValue = "model-store/architectures/denoiser")
    Path architecture;

    @Option(names = "--run", defaultValue = "runs/denoise-baseline")
    Path run;

    @Option(names = "--seed", defaultValue = "1")
    long seed;

    @Option(names = "--steps", defaultValue = "60000")
    long steps;

    @Option(names = "--minutes", defaultValue = "60")
    double minutes;

    @Option(names = "--batch", defaultValue = "8")
    int batch;

    @Option(names = "--crop", defaultValue = "96")
    int crop;

    @Option(names = "--learning-rate", defaultValue = "1e-3")
    double learningRate;

    @Option(names = "--precision", defaultValue = "bfloat16")
    String precision;

    @Option(names = "--workers", defaultValue = "2")
    int workers;

    @Override
    public Integer call() throws Exception {
        var plan = new TrainingPlan(data, architecture, run, seed, steps, Duration.ofMillis((long) (minutes * 60_000)),
                batch, crop, learningRate, DataType.valueOf(precision.toUpperCase(java.util.Locale.ROOT)), 12, workers);
        var progress = new Progress(plan, System.out);
        List<Photograph> photographs = PhotoFolder.read(data, crop, progress::warn);
        System.out.println(photographs.size() + " photographs");
        try (var trainer = new Trainer(plan, photographs, new NoisyUploads(), Device.cpu(), progress)) {
            Files.write(run.resolve("model.pt"), trainer.train());
        }
        return 0;
    }

    public static void main(String[] arguments) {
        System.exit(new picocli.CommandLine(new TrainCommand()).execute(arguments));
    }
}
