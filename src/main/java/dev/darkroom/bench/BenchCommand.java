package dev.darkroom.bench;

import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.Span;
import dev.darkroom.bench.picture.Album;
import dev.darkroom.bench.picture.Mix;
import dev.darkroom.bench.picture.Photographs;
import dev.darkroom.bench.picture.PictureSource;
import dev.darkroom.bench.picture.Scene;
import dev.darkroom.bench.report.Report;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code darkroom bench}: what the service is worth on this machine, in one run. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures the service against the bare engine, idle, saturated and under more load than it can take.")
public final class BenchCommand implements Callable<Integer> {
    @Option(names = "--phases", split = ",", paramLabel = "PHASE", description = "Some of ${COMPLETION-CANDIDATES}, comma-separated. "
            + "overload includes codecs, whose result is its 100 %%. Default: all but soak.")
    private Set<Phase> phases = EnumSet.complementOf(EnumSet.of(Phase.SOAK));

    @Option(names = "--seconds", defaultValue = "60", description = "How long a phase measures, at least: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--soak", paramLabel = "TIME", converter = Span.class,
            description = "Also keep the service saturated for so long, for example 20m, and watch its memory.")
    private Duration soak;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "2m", converter = Span.class,
            description = "Of each request of the open loop: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(names = "--set", paramLabel = "DIR", description = "Photographs to take the pictures from. Default: made-up scenes with noise.")
    private Path set;

    @Option(names = "--seed", defaultValue = "1", description = "Of pictures, their order and arrivals: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--model", paramLabel = "LOSS[@VERSION]", description = "Default: the store's default for denoise.")
    private String model;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N: ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--precision", description = "float32, bfloat16 or float16. Default: the fastest that is faithful.")
    private Precision precision;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all numbers here.")
    private Path json;

    @Mixin
    private CapacityQuestion question;

    @Spec
    private CommandSpec spec;

    private final Mix mix;

    /** The command as the launcher runs it. */
    public BenchCommand() {
        this(Mix.standard());
    }

    BenchCommand(Mix mix) {
        this.mix = mix;
    }

    @Override
    public Integer call() throws InterruptedException {
        PictureSource source = source();
        EnhanceRequest request = request();
        var inference = InferenceSettings.on(device, Optional.ofNullable(precision));
        var report = new Report(spec.commandLine().getOut(), Optional.ofNullable(json));
        report.print(mix.table());
        if (question.wanted) {
            return simulate(request, inference, report);
        }
        try (var album = Album.of(mix, source, seed);
                var pipeline = Pipeline.open(store, inference, settings(), Instruments.none())) {
            pipeline.enhancer().warmUp();
            pipeline.store().reload(id -> id.task() == request.first().task() || id.task() == Task.DEBLUR && phases.contains(Phase.FAIRNESS));
            try (var lease = pipeline.store().acquire(request.first().task(), request.first().model())) {
                var bench = new Bench(pipeline, lease.checkpoint(), inference, request, album, Duration.ofNanos((long) (seconds * 1e9)), seed);
                requireOneDevice(pipeline);
                report.add("environment", Environment.of(bench, set == null ? "made up" : "from " + set.getFileName()));
                return run().measure(bench, report) == 0 ? 0 : 1;
            }
        }
    }

    private int simulate(EnhanceRequest request, InferenceSettings inference, Report report) {
        try (var pipeline = Pipeline.open(store, inference, settings(), Instruments.none())) {
            pipeline.store().reload(id -> id.task() == request.first().task());
            try (var lease = pipeline.store().acquire(request.first().task(), request.first().model())) {
                report.add("simulation", question.answer(lease.checkpoint(), mix, timeout, seed));
                return 0;
            }
        }
    }

    private Run run() {
        Set<Phase> wanted = EnumSet.copyOf(phases);
        if (soak != null) {
            wanted.add(Phase.SOAK);
        }
        return new Run(wanted, soak == null ? Duration.ofMinutes(20) : soak, timeout);
    }

    private PictureSource source() {
        try {
            return set == null ? Scene::picture : Photographs.in(set);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--set: " + e.getMessage());
        }
    }

    private EnhanceRequest request() {
        try {
            return EnhanceRequest.of(Task.DENOISE, ModelRequest.parse(model));
        } catch (RuntimeException e) {
            throw new ParameterException(spec.commandLine(), "--model: " + e.getMessage());
        }
    }

    /** The service's own, except that no picture of a closed loop is given up. */
    private static EnhanceSettings settings() {
        EnhanceSettings defaults = EnhanceSettings.defaults();
        return new EnhanceSettings(defaults.limits(), defaults.capacity(), Duration.ofHours(1), defaults.codecThreads());
    }

    private void requireOneDevice(Pipeline pipeline) {
        if (pipeline.engine().devices().size() > 1) {
            throw new ParameterException(spec.commandLine(), "--device: the bare engine runs on one device; name one of them, such as cuda:0");
        }
    }
}
