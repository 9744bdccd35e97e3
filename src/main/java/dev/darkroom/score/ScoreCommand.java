package dev.darkroom.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.darkroom.batching.Admission;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.terminal.Interruption;
import dev.darkroom.terminal.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom score}: the service's metrics on files and folders. */
@Command(name = "score", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures pictures against a reference, or folders of pictures against a folder of references.")
public final class ScoreCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REF", description = "The reference, or a folder of references.")
    private Path reference;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CAND",
            description = "What is measured; with a folder of references, folders with pictures of the same names, extensions aside.")
    private List<Path> candidates;

    @Option(names = "--metrics", defaultValue = ScoreRequest.STANDARD, paramLabel = "NAME,...",
            description = "all adds every other metric that fits the pictures: ${DEFAULT-VALUE}.")
    private String metrics;

    @Option(names = "--color", defaultValue = "rgb", description = "rgb or y (BT.601 studio luma): ${DEFAULT-VALUE}.")
    private String color;

    @Option(names = "--crop", defaultValue = "0", paramLabel = "N", description = "Pixels left out along each border: ${DEFAULT-VALUE}.")
    private String crop;

    @Option(names = "--quantize", defaultValue = "8bit", description = "8bit or none: ${DEFAULT-VALUE}.")
    private String quantize;

    @Option(names = "--profiles", defaultValue = "applied",
            description = "applied: samples become sRGB's by each file's colour profile; ignored: as stored: ${DEFAULT-VALUE}.")
    private String profiles;

    @Option(names = "--option", paramLabel = "METRIC.OPTION=VALUE", description = "Of one metric, as in pdl.p=2; may be given several times.")
    private Map<String, String> options = new TreeMap<>();

    @Option(names = "--format", defaultValue = "table", description = "${COMPLETION-CANDIDATES}: ${DEFAULT-VALUE}.")
    private ScoreFormat format;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store whose features folder has the weights: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N: ${DEFAULT-VALUE}.")
    private String device;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        List<Matchup> matchups = checked(() -> Matchup.of(reference, candidates));
        var settings = ScoreSettings.unlimited(checked(() -> Devices.names(device)));
        var admission = new Admission(settings.capacity(), Duration.ZERO, BatchingEvents.NONE);
        try (var scorer = new Scorer(admission, settings, new FeatureNetworks(store.resolve("features")))) {
            ScoreRequest request = checked(() ->
                    ScoreRequest.of(metrics, options, ScoreRequest.convention(color, crop, quantize), scorer.networks()).withProfiles(profiles));
            List<ScoreReport> reports = scored(matchups, request, scorer);
            boolean complete = reports.size() == matchups.size();
            if (!reports.isEmpty() && !Interruption.isRequested()) {
                print(reports, complete);
            }
            return complete ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private List<ScoreReport> scored(List<Matchup> matchups, ScoreRequest request, Scorer scorer) throws InterruptedException {
        List<ScoreReport> reports = new ArrayList<>();
        long steps = (long) matchups.size() * candidates.size() * request.metrics().size();
        try (var bar = new ProgressBar(err(), steps)) {
            for (Matchup matchup : matchups) {
                if (Interruption.isRequested()) {
                    break;
                }
                score(matchup, request, scorer, bar::step, reports);
            }
        }
        return reports;
    }

    private void score(Matchup matchup, ScoreRequest request, Scorer scorer, Runnable onMeasured, List<ScoreReport> reports)
            throws InterruptedException {
        try {
            List<PictureFile> pictures = new ArrayList<>();
            for (Path candidate : matchup.candidates()) {
                pictures.add(file(candidate));
            }
            Scoring scoring = scorer.score(file(matchup.reference()), pictures, request, onMeasured);
            try (var interruptible = Interruption.heeded(scoring::cancel)) {
                reports.add(scoring.report().toCompletableFuture().get());
            }
        } catch (ExecutionException e) {
            if (!Interruption.isRequested()) {
                err().println(e.getCause().getMessage());
            }
        } catch (IOException e) {
            err().println("cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            err().println(e.getMessage());
        }
    }

    private static PictureFile file(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return new PictureFile(path.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /** The mean of a set is that of all its pictures or none. */
    private void print(List<ScoreReport> reports, boolean complete) throws IOException {
        boolean set = Files.isDirectory(reference);
        var sheet = ScoreSheet.of(reports, set && complete ? candidates.stream().map(Path::toString).toList() : List.of());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TABLE -> out.print(new ScoreTable(sheet).text());
            case CSV -> out.print(new ScoreTable(sheet).csv());
            case JSON -> out.println(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(set ? sheet : reports.get(0)));
        }
        out.flush();
    }

    private <T> T checked(Callable<T> read) {
        try {
            return read.call();
        } catch (Exception e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
