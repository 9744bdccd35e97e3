package dev.darkroom.enhance.files;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom enhance}: the service's pipeline on files. */
@Command(name = "enhance", mixinStandardHelpOptions = true, description = "Enhances image files with the service's own pipeline.")
public final class EnhanceCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofDays(1);

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Images to enhance, or folders of them.")
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

    @Option(names = "--metadata", defaultValue = "keep", description = "Of EXIF and XMP: keep, strip or copyright: ${DEFAULT-VALUE}.")
    private String metadata;

    @Option(names = {"-o", "--output"}, paramLabel = "PATH",
            description = "A folder, or with one input the file. Default: beside each input, as NAME.enhanced.EXT. "
                    + "The results of a folder have the names of their originals.")
    private Path output;

    @Option(names = "--shard", paramLabel = "INDEX/COUNT",
            description = "Only that part of the files, 0/COUNT to COUNT-1/COUNT, so that several processes share a folder.")
    private String shard;

    @Option(names = "--skip-existing", description = "Leave out what has a result already, so that an interrupted run goes on.")
    private boolean skipExisting;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store: ${DEFAULT-VALUE}.")
    private Path store;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N: ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--precision", description = "float32, bfloat16 or float16. Default: the fastest that is faithful.")
    private Precision precision;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        EnhanceRequest request = request();
        Results results = results(request);
        List<Original> originals = originals(results);
        var inference = InferenceSettings.on(device, Optional.ofNullable(precision));
        EnhanceSettings settings = settings();
        try (Pipeline pipeline = Pipeline.open(store, inference, settings, Instruments.none())) {
            warnOfBrokenCheckpoints(pipeline, request.task());
            // One for each codec thread, and one on the device.
            var inFlight = new FilesInFlight(pipeline.enhancer(), request, results, settings.codecThreads() + 1, spec.commandLine().getOut(), err());
            for (Original original : originals) {
                inFlight.add(original);
            }
            return inFlight.finish() == 0 ? 0 : 1;
        }
    }

    /** The service's own, except that nobody waits for an answer. */
    private static EnhanceSettings settings() {
        EnhanceSettings service = EnhanceSettings.defaults();
        return new EnhanceSettings(service.limits(), service.capacity(), PATIENCE, service.codecThreads());
    }

    private Results results(EnhanceRequest request) {
        boolean folders = files.stream().anyMatch(Files::isDirectory);
        boolean one = files.size() == 1 && !folders && output != null && !Files.isDirectory(output);
        if (folders && output == null) {
            throw new ParameterException(spec.commandLine(), "--output: name the folder for the results of a folder");
        }
        Optional<Path> named = Optional.ofNullable(output);
        return new Results(named.filter(path -> one), named.filter(path -> !one), request.formats().stream().findFirst());
    }

    private List<Original> originals(Results results) throws IOException {
        Shard mine = shard();
        List<Original> originals = new ArrayList<>();
        for (Path named : files) {
            Original.in(named, results.folder()).stream().filter(original -> mine.has(original.name()))
                    .filter(original -> !(skipExisting && results.has(original))).forEach(originals::add);
        }
        return originals;
    }

    private Shard shard() {
        try {
            return shard == null ? Shard.ALL : Shard.parse(shard);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--shard: " + e.getMessage());
        }
    }

    private EnhanceRequest request() {
        try {
            Task known = Task.find(task).orElseThrow(() -> new IllegalArgumentException("--task: there is no task " + task));
            Optional<ImageFormat> wanted = Optional.ofNullable(format).map(name -> ImageFormat.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("--format: png, jpeg, webp or tiff")));
            Optional<BayerPattern> stored = Optional.ofNullable(pattern).map(name -> BayerPattern.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("--pattern: rggb, bggr, grbg or gbrg")));
            MetadataPolicy policy = MetadataPolicy.named(metadata)
                    .orElseThrow(() -> new IllegalArgumentException("--metadata: keep, strip or copyright"));
            return new EnhanceRequest(known, ModelRequest.parse(model), sigma == null ? OptionalDouble.empty() : OptionalDouble.of(sigma),
                    scale == null ? OptionalInt.empty() : OptionalInt.of(scale), stored, strength, wanted.map(List::of).orElse(List.of()), quality, policy, Optional.empty());
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

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
