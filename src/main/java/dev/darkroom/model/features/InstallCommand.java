package dev.darkroom.model.features;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom features install}: fetches, checks and converts weights. */
@Command(name = "install", mixinStandardHelpOptions = true,
        description = "Fetches the published weights from where their authors keep them, checks their sha256 and converts them. "
                + "All of them are about 810 MB to fetch and 80 MB installed.")
final class InstallCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Only these: vgg16, alexnet, squeezenet1_1, lpips-alex, lpips-squeeze, "
            + "lpips-vgg, dists, mdf-sr, mdf-jpeg. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--from", paramLabel = "DIR",
            description = "Take them from this folder instead, as the published files or as NumPy archives of the same weights.")
    private Path from;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store whose features folder gets them: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<PublishedWeights> wanted = wanted();
        PrintWriter err = spec.commandLine().getErr();
        var installer = new FeatureInstaller(store.resolve("features"), new HttpDownload(percent -> {
            err.printf("\r%3d%%%s", percent, percent == 100 ? "\r    \r" : "");
            err.flush();
        }));
        int failed = 0;
        for (PublishedWeights weights : wanted) {
            failed += install(installer, weights) ? 0 : 1;
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean install(FeatureInstaller installer, PublishedWeights weights) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (installer.has(weights)) {
                out.printf("%s: there already%n", weights.id());
                return true;
            }
            if (from == null) {
                out.printf("%s: fetching %,d bytes from %s%n", weights.id(), weights.sourceBytes(), weights.source());
                installer.fromSource(weights);
            } else {
                installer.fromFolder(weights, from);
            }
            out.printf("%s: installed (%s), sha256 %s%n", weights.id(), weights.licence(), weights.sha256());
            return true;
        } catch (FeatureInstallException e) {
            spec.commandLine().getErr().println(weights.id() + ": " + e.getMessage());
        } catch (IOException e) {
            spec.commandLine().getErr().println(weights.id() + ": " + e);
        }
        return false;
    }

    private List<PublishedWeights> wanted() {
        if (names.isEmpty()) {
            return Catalogue.ALL;
        }
        return names.stream().map(name -> Catalogue.find(name).orElseThrow(() -> new ParameterException(
                spec.commandLine(), "there are no weights called " + name + "; there are " + known()))).toList();
    }

    private static String known() {
        return Catalogue.ALL.stream().map(weights -> weights.id()).collect(Collectors.joining(", "));
    }
}
