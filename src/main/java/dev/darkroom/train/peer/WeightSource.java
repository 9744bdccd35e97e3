package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.pytorch.StateDictionary;
import dev.darkroom.model.pytorch.StateDictionaryException;
import dev.darkroom.model.pytorch.WeightTensor;
import java.nio.file.Path;
import java.util.Map;

/** A network's weights by the names of its public state dictionary. */
@FunctionalInterface
public interface WeightSource {

    /** Gives the array of a name, created in the given manager; null for none. */
    NDArray get(NDManager manager, String name);

    /**
     * Reads the weights of a PyTorch state dictionary.
     *
     * @throws StateDictionaryException if the file is none
     */
    static WeightSource in(Path file) {
        Map<String, WeightTensor> weights = StateDictionary.read(file);
        return (manager, name) -> {
            WeightTensor weight = weights.get(name);
            return weight == null ? null : manager.create(weight.data(), new Shape(weight.shape()));
        };
    }
}
