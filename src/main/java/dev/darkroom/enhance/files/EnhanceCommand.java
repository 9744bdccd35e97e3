package dev.darkroom.enhance.files;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.terminal.Interruption;
import dev.darkroom.terminal.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom enhance}: the service's pipeline on files. */
@Command(name = "enhance", mixinStandardHelpOptions = true, description = "Enhances image files with the service's own pipeline.")
public final class EnhanceCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofDays(1);

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Images to enhance, or folders of them; - is standard input, whose result goes to standard output.")
    private List<Path> files;

    @Mixin
    private RequestOptions wanted;

    @Option(names = {"-o", "--output"}, paramLabel = "PATH",
            description = "A folder, or with one input the file, in the format that it ends like; - is standard output. "
                    + "Default: beside each input, as NAME.enhanced.EXT. The results of a folder have the names of their originals.")
    private Path output;

    @Option(names = "--shard", defaultValue = "0/1", paramLabel = "INDEX/COUNT",
            description = "Only that part of the files, 0/COUNT to COUNT-1/COUNT, so that several processes share a folder.")
    private String shard;

    @Option(names = {"--skip-existing", "--no-clobber"}, description = "Leave out what has a result already, so that an interrupted run goes on.")
    private boolean skipExisting;

    @Option(names = "--force", description = "Let results replace their originals.")
    private boolean force;

    @Option(names = {"-q", "--quiet"}, description = "Say nothing but what fails.")
    private boolean quiet;

    @Option(names = "--json", description = "Say how each file went as one line of JSON.")
    private boolean json;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N: ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--precision", description = "float32, bfloat16 or float16. Default: the fastest that is faithful.")
    private Precision precision;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        FilePlan plan = checked(() -> FilePlan.of(files, Optional.ofNullable(output), wanted.format(), Shard.parse(shard), skipExisting, force));
        EnhanceRequest request = checked(() -> wanted.request(plan.results().format()));
        OptionalInt page = checked(wanted::page);
        Report report = report(plan.results());
        if (plan.strays() > 0 && !quiet) {
            err().printf("%d files that are no pictures left out%n", plan.strays());
        }
        if (plan.originals().isEmpty()) {
            // Nothing is left to do for whoever goes on, or whose shard has no files; everybody else meant something.
            return skipExisting || !Shard.parse(shard).equals(Shard.ALL) ? ExitCode.OK : failed("there is no picture in " + files.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        Task first = request.first().task();
        List<Original> sound = plan.originals().stream().filter(original -> isSound(original, first, page, report)).toList();
        int unsound = plan.originals().size() - sound.size();
        int failed = sound.isEmpty() || Interruption.isRequested() ? 0 : enhance(sound, page, request, plan.results(), report);
        return unsound + failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** @return how many failed */
    private int enhance(List<Original> originals, OptionalInt page, EnhanceRequest request, Results results, Report report) throws InterruptedException {
        var inference = InferenceSettings.on(device, Optional.ofNullable(precision));
        EnhanceSettings settings = settings();
        try (Pipeline pipeline = Pipeline.open(store, inference, settings, Instruments.none());
                var bar = quiet || json ? ProgressBar.none() : new ProgressBar(err(), originals.size())) {
            warnOfBrokenCheckpoints(pipeline, request.first().task());
            // One for each codec thread, and one on the device.
            var inFlight = new FilesInFlight(pipeline.enhancer(), page, request, results, settings.codecThreads() + 1, report, bar);
            try (var interruptible = Interruption.heeded(inFlight::stop)) {
                for (Original original : originals) {
                    inFlight.add(original);
                }
                return inFlight.finish();
            }
        }
    }

    private static boolean isSound(Original original, Task first, OptionalInt page, Report report) {
        try {
            original.check(first, page);
            return true;
        } catch (IOException e) {
            report.failed(original, "cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            report.failed(original, e.getMessage());
        }
        return false;
    }

    private Report report(Results results) {
        PrintWriter out = results.goToStandardOutput() ? err() : spec.commandLine().getOut();
        return json ? new Report.JsonLines(out) : quiet ? new Report.Quiet(err()) : new Report.Plain(out, err());
    }

    private int failed(String reason) {
        err().println(reason);
        return ExitCode.SOFTWARE;
    }

    /** The service's own, except that nobody waits for an answer. */
    private static EnhanceSettings settings() {
        EnhanceSettings service = EnhanceSettings.defaults();
        return new EnhanceSettings(service.limits(), service.capacity(), PATIENCE, service.codecThreads());
    }

    private <T> T checked(Callable<T> read) throws IOException {
        try {
            return read.call();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
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
