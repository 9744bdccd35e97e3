package dev.darkroom.train.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.model.Task;
import dev.darkroom.train.Stack;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.peer.AodNet;
import dev.darkroom.train.peer.CarnM;
import dev.darkroom.train.peer.DemosaicNet;
import dev.darkroom.train.peer.FfdNet;
import dev.darkroom.train.peer.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The published networks that an evaluation can measure beside ours, by the names that the command line knows. */
enum PublishedNetworks implements RestorerSource {
    FFDNET(Task.DENOISE, 1, "ffdnet_color.pth") {
        @Override
        Network open(NDManager owner, WeightSource weights) {
            var network = new FfdNet(owner, weights);
            return (input, trial) -> network.restore(input, (float) trial.sigma255().orElse(BEST_FOR_CAMERAS), input.getManager());
        }
    },
    CARN_M(Task.SUPER_RESOLVE, 4, "carn_m.pth") {
        @Override
        Network open(NDManager owner, WeightSource weights) {
            var network = new CarnM(owner, weights);
            return (input, trial) -> network.restore(input);
        }
    },
    DEMOSAICNET(Task.DEMOSAIC, 1, "demosaicnet-bayer.pth") {
        @Override
        Network open(NDManager owner, WeightSource weights) {
            var network = new DemosaicNet(owner, weights);
            return (input, trial) -> network.restore(input, DemosaicNet.Pattern.RGGB);
        }
    },
    AODNET(Task.DEHAZE, 1, "aodnet-dehazer.pth") {
        @Override
        Network open(NDManager owner, WeightSource weights) {
            var network = new AodNet(owner, weights);
            return (input, trial) -> network.restore(input);
        }
    };

    /** Of white noise, in 8-bit levels: told this, FFDNet does best on two Canon cameras' noise (of 5, 10, 15, 20). */
    private static final double BEST_FOR_CAMERAS = 10;

    static final Map<String, RestorerSource> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(PublishedNetworks::toString, network -> network));

    private final Task task;
    private final int scale;
    private final String fileName;

    /** (1,C,H,W) to the size of the trial's target, in the input's manager. */
    @FunctionalInterface
    interface Network {
        NDArray restore(NDArray input, Trial trial);
    }

    PublishedNetworks(Task task, int scale, String fileName) {
        this.task = task;
        this.scale = scale;
        this.fileName = fileName;
    }

    abstract Network open(NDManager owner, WeightSource weights);

    /** @throws TrainingException if the network is for another task, or there is no such file */
    @Override
    public Restorer open(Task wanted, String file, NDManager owner) {
        if (task != wanted) {
            throw new TrainingException(this + " is a network for " + task + ", not for " + wanted);
        }
        if (!Files.isRegularFile(Path.of(file))) {
            throw new TrainingException("there is no file " + file + " with the weights of " + this);
        }
        Network network = open(owner, WeightSource.in(Path.of(file)));
        return trial -> {
            try (NDManager scratch = owner.newSubManager()) {
                return trial.target().with(network.restore(Stack.of(scratch, List.of(trial.input())), trial).toFloatArray());
            }
        };
    }

    /** The weights for a task that lie in {@code weights/public} beside one of a folder's parents, as benchmark data often does. */
    static Map<String, String> near(Path folder, Task task, int scale) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Path parent = folder.toAbsolutePath().normalize(); parent != null; parent = parent.getParent()) {
            Path weights = parent.resolve("weights/public");
            Arrays.stream(values())
                    .filter(network -> network.task == task && (network.scale == 1 || network.scale == scale))
                    .filter(network -> Files.isRegularFile(weights.resolve(network.fileName)))
                    .forEach(network -> files.putIfAbsent(network.toString(), weights.resolve(network.fileName).toString()));
        }
        return files;
    }

    /** As the command line spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
