package dev.darkroom.enhance;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.inference.InferenceSettings;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.ModelState;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom enhance}: the service's pipeline on files. */
@Command(name = "enhance", mixinStandardHelpOptions = true, description = "Enhances image files with the service's own pipeline.")
public final class EnhanceCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Images to enhance.")
    private List<Path> files;

    @Option(names = "--task", defaultValue = "denoise", description = "denoise, super-resolve, deblur, demosaic, dejpeg or dehaze: ${DEFAULT-VALUE}.")
    private String task;

    @Option(names = "--model", paramLabel = "LOSS[@VERSION]", description = "Default: the store's default for the task.")
    private String model;

    @Option(names = "--sigma", description = "denoise, demosaic: noise standard deviation on the 0..255 scale. Default: estimated from each image.")
    private Double sigma;

    @Option(names = "--scale", description = "super-resolve: 2 or 4. Default: 4.")
    private Integer scale;

    @Option(names = "--pattern", description = "demosaic: rggb, bggr, grbg or gbrg, as the file stores it. Default: rggb.")
    private String pattern;

    @Option(names = "--strength", defaultValue = "1",
            description = "denoise, deblur, dejpeg, dehaze: blend of the input (0) and the restored image (1): ${DEFAULT-VALUE}.")
    private double strength;

    @Option(names = "--format", description = "png, jpeg, webp or tiff. Default: each input's own, for demosaic png.")
    private String format;

    @Option(names = "--quality", defaultValue = "" + EncodeOptions.DEFAULT_QUALITY, description = "For lossy formats: ${DEFAULT-VALUE}.")
    private int quality;

    @Option(names = {"-o", "--output"}, paramLabel = "PATH",
            description = "A folder, or with one input the file. Default: beside each input, as NAME.enhanced.EXT.")
    private Path output;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store: ${DEFAULT-VALUE}.")
    private Path store;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N: ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--precision", description = "float32, bfloat16 or float16. Default: the fastest that is faithful.")
    private Precision precision;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        EnhanceRequest request = request();
        var inference = InferenceSettings.on(device, Optional.ofNullable(precision));
        int failed = 0;
        try (Pipeline pipeline = Pipeline.open(store, inference, EnhanceSettings.defaults(), Instruments.none())) {
            warnOfBrokenCheckpoints(pipeline, request.task());
            for (Path file : files) {
                failed += enhance(pipeline.enhancer(), file, request) ? 0 : 1;
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private EnhanceRequest request() {
        try {
            Task known = Task.find(task).orElseThrow(() -> new IllegalArgumentException("--task: there is no task " + task));
            Optional<ImageFormat> wanted = Optional.ofNullable(format).map(name -> ImageFormat.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("--format: png, jpeg, webp or tiff")));
            Optional<BayerPattern> stored = Optional.ofNullable(pattern).map(name -> BayerPattern.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("--pattern: rggb, bggr, grbg or gbrg")));
            return new EnhanceRequest(known, ModelRequest.parse(model), sigma == null ? OptionalDouble.empty() : OptionalDouble.of(sigma),
                    scale == null ? OptionalInt.empty() : OptionalInt.of(scale), stored, strength, wanted, quality, Optional.empty());
        } catch (RuntimeException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void warnOfBrokenCheckpoints(Pipeline pipeline, Task needed) {
        pipeline.store().reload(id -> id.task() == needed).forEach(entry -> {
            if (entry.state() instanceof ModelState.Failed broken) {
                err().printf("%s: %s%n", entry.id(), broken.reason());
            }
        });
    }

    private boolean enhance(Enhancer enhancer, Path file, EnhanceRequest request) throws InterruptedException {
        try {
            EnhanceResult result = enhancer.enhance(map(file), request).result().toCompletableFuture().get();
            Path target = target(file, result.image().format());
            Files.write(target, result.image().bytes());
            spec.commandLine().getOut().printf("%s -> %s  (%s, %s%s)%n", file, target, result.checkpoint().split(" ")[0], result.device(),
                    Double.isNaN(result.sigma255()) ? "" : String.format(Locale.ROOT, ", sigma %.1f", result.sigma255()));
            return true;
        } catch (ExecutionException e) {
            err().printf("%s: %s%n", file, e.getCause().getMessage());
        } catch (IOException e) {
            err().printf("%s: cannot be read or written: %s%n", file, e.getMessage());
        } catch (RuntimeException e) {
            err().printf("%s: %s%n", file, e.getMessage());
        }
        return false;
    }

    private static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private Path target(Path file, ImageFormat written) {
        if (output != null && files.size() == 1 && !Files.isDirectory(output)) {
            return output;
        }
        String name = file.getFileName().toString();
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        String enhanced = stem + ".enhanced." + written.extensions().get(0);
        return output == null ? file.resolveSibling(enhanced) : output.resolve(enhanced);
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
