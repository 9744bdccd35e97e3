package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.Task;
import dev.darkroom.model.pytorch.StateDictionary;
import dev.darkroom.model.pytorch.WeightTensor;
import dev.darkroom.train.peer.FfdNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The published networks that an evaluation can measure beside ours, by the names that the command line knows. */
final class PublishedNetworks {
    static final Map<String, RestorerSource> BY_NAME = Map.of("ffdnet", (task, file, owner) -> ffdNet(file, owner));

    private PublishedNetworks() {}

    /** The weights that lie in {@code weights/public} beside one of a folder's parents, as benchmark data often does. */
    static Map<String, String> near(Path folder, Task task, int scale) {
        if (task != Task.DENOISE) {
            return Map.of();
        }
        for (Path parent = folder.toAbsolutePath().normalize(); parent != null; parent = parent.getParent()) {
            Path weights = parent.resolve("weights/public/ffdnet_color.pth");
            if (Files.isRegularFile(weights)) {
                return Map.of("ffdnet", weights.toString());
            }
        }
        return Map.of();
    }

    private static Restorer ffdNet(String file, NDManager owner) {
        Map<String, WeightTensor> weights = StateDictionary.read(Path.of(file));
        var network = new FfdNet(owner, (manager, name) -> array(manager, weights.get(name)));
        return trial -> {
            try (NDManager scratch = owner.newSubManager()) {
                NDArray restored = network.restore(Stack.of(scratch, List.of(trial.input())), (float) trial.sigma255(), scratch);
                return trial.target().with(restored.toFloatArray());
            }
        };
    }

    private static NDArray array(NDManager manager, WeightTensor weight) {
        return weight == null ? null : manager.create(weight.data(), new Shape(weight.shape()));
    }
}
