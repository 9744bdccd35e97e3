package dev.darkroom.train.evaluation;

import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.UnknownMeasureException;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.FeatureWeightsException;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.pytorch.StateDictionaryException;
import dev.darkroom.train.Term;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.peer.UnfitWeightsException;
import dev.darkroom.train.photo.PhotoFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code darkroom evaluate}: measures checkpoints and published networks on the same degraded pictures. */
@Command(name = "evaluate", mixinStandardHelpOptions = true,
        description = "Measures checkpoints, and published networks beside them, on a folder of clean pictures.")
public final class EvaluateCommand implements Callable<Integer> {

    @Option(names = "--task", defaultValue = "denoise", description = "What is evaluated: ${DEFAULT-VALUE}.")
    private String task;

    @Option(names = "--set", required = true, paramLabel = "DIR",
            description = "A folder of clean pictures; may be given several times.")
    private List<Path> sets;

    @Mixin
    private EvaluationOptions inputs = new EvaluationOptions();

    @Option(names = "--measure", split = ",", defaultValue = "psnr,ssim", paramLabel = "NAME",
            description = "Of the metrics catalogue, in the order of the columns. Default: ${DEFAULT-VALUE}.")
    private List<String> measures;

    @Option(names = "--option", paramLabel = "MEASURE.OPTION=VALUE", description = "Of a measure, for example d2sm.windows=9; may be given several times.")
    private Map<String, String> measureOptions = new LinkedHashMap<>();

    @Option(names = "--every", defaultValue = "1", paramLabel = "N",
            description = "Take every N-th picture. Default: ${DEFAULT-VALUE}.")
    private int every;

    @Option(names = "--seed", defaultValue = "0", description = "The noise's seed. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--model", paramLabel = "LOSS[@VERSION]",
            description = "A checkpoint of the store; may be given several times. Default: baseline.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Option(names = "--precision", description = "Of the checkpoints: float32, bfloat16 or float16. "
            + "Default: as the service would run them here.")
    private Precision precision;

    @Option(names = "--peer", paramLabel = "NAME=FILE",
            description = "A published network and its weights, as in ffdnet=ffdnet_color.pth. "
                    + "Default: those in a folder weights/public beside one of the set's parents.")
    private Map<String, String> peers = new LinkedHashMap<>();

    @Mixin
    private EvaluationReport report = new EvaluationReport();

    @Spec
    private CommandSpec spec;

    private final RestorerSource checkpoints;
    private final Map<String, RestorerSource> publishedNetworks;
    private final List<String> defaultModels;

    /** The command as the launcher runs it. */
    public EvaluateCommand() {
        var shakes = new LastShake();
        this.checkpoints = (known, model, owner) -> CheckpointRestorer.open(store, known, model,
                known == Task.SUPER_RESOLVE ? OptionalInt.of(inputs.scale()) : OptionalInt.empty(), Optional.ofNullable(precision), shakes);
        this.publishedNetworks = PublishedNetworks.BY_NAME;
        this.defaultModels = List.of("baseline");
    }

    /**
     * Makes the command.
     *
     * @param checkpoints opens what {@code --model} names
     * @param publishedNetworks opens the weights of the networks that {@code --peer} may name
     */
    EvaluateCommand(RestorerSource checkpoints, Map<String, RestorerSource> publishedNetworks) {
        this.checkpoints = checkpoints;
        this.publishedNetworks = publishedNetworks;
        this.defaultModels = List.of();
    }

    @Override
    public Integer call() throws IOException {
        Task known = requireSense();
        if (peers.isEmpty()) {
            peers.putAll(PublishedNetworks.near(sets.get(0), known, inputs.scale()));
        }
        List<EvaluationRow> rows = new ArrayList<>();
        try (NDManager owner = NDManager.newBaseManager(); var networks = new FeatureNetworks(store.resolve("features"))) {
            List<Measure> yardsticks = yardsticks(networks);
            Map<String, Restorer> restorers = restorers(known, owner);
            var evaluation = new Evaluation(inputs.examination(known, sets.get(0)), yardsticks, inputs.softened(restorers), seed);
            for (Path set : sets) {
                rows.addAll(evaluate(evaluation, set));
            }
            report.write(inputs.title(known), rows, yardsticks.stream().map(Measure::info).toList(), restorers, store);
        } catch (IllegalArgumentException | UnknownMeasureException | MeasureOptionException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (PhotoFileException | UnfitWeightsException | StateDictionaryException | TrainingException
                | FeatureWeightsException | UnmeasurableException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
        return ExitCode.OK;
    }

    private List<Measure> yardsticks(FeatureNetworks networks) {
        List<Term> terms = measures.stream().map(name -> Term.of(name, 1, measureOptions)).toList();
        require(Term.takeAll(terms, measureOptions), "--option: every option needs its --measure");
        return terms.stream().map(term -> Measures.named(term.measure(), term.options(), networks)).toList();
    }

    private List<EvaluationRow> evaluate(Evaluation evaluation, Path set) throws IOException {
        List<TestPicture> pictures = TestPicture.of(set);
        int count = (pictures.size() + every - 1) / every;
        String name = set.toAbsolutePath().normalize().getFileName().toString();
        PrintWriter err = spec.commandLine().getErr();
        List<EvaluationRow> rows = evaluation.run(name, pictures, every, done -> {
            err.printf("\r%s: %d of %d", name, done, count);
            err.flush();
            if (Thread.interrupted()) {
                throw new CancellationException("interrupted");
            }
        }, (exercise, trial, restored) -> report.show(exercise, restored, trial.target()));
        err.println();
        report.sheetsOf(name);
        return rows;
    }

    private Map<String, Restorer> restorers(Task known, NDManager owner) {
        Map<String, Restorer> restorers = new LinkedHashMap<>();
        List<String> wanted = models.isEmpty() ? defaultModels : models;
        wanted.forEach(model -> restorers.put(model, checkpoints.open(known, model, owner)));
        peers.forEach((name, file) -> restorers.put(name, publishedNetworks.get(name).open(known, file, owner)));
        return restorers;
    }

    private Task requireSense() {
        require(Task.find(task).isPresent(), "--task: there is no task " + task);
        require(!report.records() || !inputs.softens(), "--record: what is softened is not what the checkpoint answers");
        require(!report.records() || every == 1, "--record: a manifest names whole sets; leave --every out");
        require(every >= 1, "--every: needs 1 or more");
        require(publishedNetworks.keySet().containsAll(peers.keySet()),
                "--peer: known networks are " + String.join(", ", publishedNetworks.keySet()));
        return Task.find(task).orElseThrow();
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
