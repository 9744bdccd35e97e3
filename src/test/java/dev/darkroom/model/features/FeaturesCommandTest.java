package dev.darkroom.model.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FeaturesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void explainsItself() {
        assertThat(execute("install", "--help")).isZero();

        assertThat(out.toString()).contains("--from=DIR", "vgg16", "mdf-jpeg");
        Catalogue.ALL.forEach(weights -> assertThat(out.toString()).contains(weights.id()));
    }

    @Test
    void refusesNamesItDoesNotKnow() {
        assertThat(execute("install", "resnet")).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString()).contains("no weights called resnet").contains("vgg16, alexnet, squeezenet1_1");
    }

    @Test
    void namesWhatTheFolderLacks() {
        int exit = execute("install", "--from", folder.toString(), "--store", folder.resolve("store").toString(), "dists");

        assertThat(exit).isNotZero();
        assertThat(err.toString()).isEqualToIgnoringNewLines("dists: the folder has neither weights.pt nor dists.npz");
    }

    private int execute(String... arguments) {
        return new CommandLine(new FeaturesCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
