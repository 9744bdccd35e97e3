package dev.darkroom.train;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.darkroom.model.Precision;
import dev.darkroom.model.pytorch.StateDictionaryException;
import dev.darkroom.train.peer.UnfitWeightsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

    @Option(names = "--sigma", split = ",", defaultValue = "15,25,50",
            description = "Noise levels on the 0..255 scale. Default: ${DEFAULT-VALUE}.")
    private List<Float> sigmas255;

    @Option(names = "--protocol", split = ",", defaultValue = "clipped,float",
            description = "clipped: noise as 8-bit files carry it; float: unclipped, as the literature adds it. "
                    + "Default: ${DEFAULT-VALUE}.")
    private List<NoiseProtocol> protocols;

    @Option(names = "--every", defaultValue = "1", paramLabel = "N",
            description = "Take every N-th picture. Default: ${DEFAULT-VALUE}.")
    private int every;

    @Option(names = "--seed", defaultValue = "0", description = "The noise's seed. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--model", paramLabel = "LOSS[@VERSION]",
            description = "A checkpoint of the store; may be given several times. Default: baseline.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store: ${DEFAULT-VALUE}.")
    private Path store;

    @Option(names = "--precision", description = "Of the checkpoints: float32, bfloat16 or float16. "
            + "Default: as the service would run them here.")
    private Precision precision;

    @Option(names = "--peer", paramLabel = "NAME=FILE",
            description = "A published network and its weights, as in ffdnet=ffdnet_color.pth. "
                    + "Default: those in a folder weights/public beside one of the set's parents.")
    private Map<String, String> peers = new LinkedHashMap<>();

    @Option(names = "--results", paramLabel = "FILE", description = "Also write the results here, as JSON.")
    private Path results;

    @Spec
    private CommandSpec spec;

    private final RestorerSource checkpoints;
    private final Map<String, RestorerSource> publishedNetworks;
    private final List<String> defaultModels;

    /** The command as the launcher runs it. */
    public EvaluateCommand() {
        this.checkpoints = (model, owner) -> CheckpointRestorer.open(store, model, Optional.ofNullable(precision));
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
        requireSense();
        if (peers.isEmpty()) {
            PublishedNetworks.near(sets.get(0)).forEach((name, file) -> {
                if (publishedNetworks.containsKey(name)) {
                    peers.put(name, file);
                }
            });
        }
        List<EvaluationRow> rows = new ArrayList<>();
        try (NDManager owner = NDManager.newBaseManager()) {
            var evaluation = new DenoisingEvaluation(restorers(owner), protocols, sigmas255, seed);
            for (Path set : sets) {
                rows.addAll(evaluate(evaluation, set));
            }
        } catch (PhotoFileException | UnfitWeightsException | StateDictionaryException | TrainingException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
        spec.commandLine().getOut().println(EvaluationTable.of(rows));
        if (results != null) {
            new ObjectMapper().enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(results.toFile(), rows);
        }
        return ExitCode.OK;
    }

    private List<EvaluationRow> evaluate(DenoisingEvaluation evaluation, Path set) {
        List<PhotoFile> photos = PhotoFile.in(set);
        int count = (photos.size() + every - 1) / every;
        String name = set.toAbsolutePath().normalize().getFileName().toString();
        PrintWriter err = spec.commandLine().getErr();
        List<EvaluationRow> rows = evaluation.run(name, photos, every, done -> {
            err.printf("\r%s: %d of %d", name, done, count);
            err.flush();
        });
        err.println();
        return rows;
    }

    private Map<String, Restorer> restorers(NDManager owner) {
        Map<String, Restorer> restorers = new LinkedHashMap<>();
        List<String> wanted = models.isEmpty() ? defaultModels : models;
        wanted.forEach(model -> restorers.put(model, checkpoints.open(model, owner)));
        peers.forEach((name, file) -> restorers.put(name, publishedNetworks.get(name).open(file, owner)));
        return restorers;
    }

    private void requireSense() {
        require(task.equals("denoise"), "--task: only denoise can be evaluated");
        require(every >= 1, "--every: needs 1 or more");
        require(sigmas255.stream().allMatch(sigma -> sigma >= 0 && sigma <= 100), "--sigma: levels go from 0 to 100");
        require(publishedNetworks.keySet().containsAll(peers.keySet()),
                "--peer: known networks are " + String.join(", ", publishedNetworks.keySet()));
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
