package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.model.features.FeaturesCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** The real weights, installed once from the folder beside the project that may hold them. */
final class PublishedWeights {

    private static final Path ARCHIVES = Path.of("../shared/data/weights");
    private static final Path STORE = Path.of("target/published-weights");

    private PublishedWeights() {}

    /**
     * For this thread, which gets all cores: what served checkpoints on it before may have left it one. Skips the test where the weights are not
     * at hand.
     */
    static synchronized FeatureNetworks networks() {
        assumeTrue(Files.isDirectory(ARCHIVES), "the published weights are not here");
        int exit = new CommandLine(new FeaturesCommand())
                .execute("install", "--from", ARCHIVES.toString(), "--store", STORE.toString());
        assertThat(exit).isZero();
        Engine.getEngine("PyTorch"); // which loads the library
        JniUtils.setNumThreads(Runtime.getRuntime().availableProcessors());
        return new FeatureNetworks(STORE.resolve("features"));
    }
}
