package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** MDF's discriminators as {@code darkroom discriminators} trains them. */
public final class OwnDiscriminators {

    private static final String PREFIX = "mdf-own-";

    private OwnDiscriminators() {}

    /**
     * Puts discriminators into a folder of features, in place of older ones for the task.
     *
     * @param task as the options of {@code mdf-own} name it
     * @param weights by the names of MDF's published files, {@code 0.head.conv.weight} to {@code 7.tail.bias}
     * @return the file
     */
    public static Path install(Path folder, String task, Map<String, NDArray> weights) throws IOException {
        return FeatureWeights.write(folder, nameOf(task), weights);
    }

    public static String nameOf(String task) {
        return PREFIX + task;
    }

    /** What makes weights of this name, if they are such. */
    static boolean are(String weights) {
        return weights.startsWith(PREFIX);
    }

    static String command(String weights) {
        return "./darkroom discriminators --task %s --picture FILE".formatted(weights.substring(PREFIX.length()));
    }
}
