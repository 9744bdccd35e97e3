package dev.darkroom.adopt;

import dev.darkroom.adopt.Adoption.Wish;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.Task;
import dev.darkroom.model.TorchScriptArchive;
import dev.darkroom.model.store.CheckpointPublisher;
import dev.darkroom.model.torchscript.DeviceFreeArchive;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom import}: makes a checkpoint of the store of somebody else's network. */
@Command(name = "import", mixinStandardHelpOptions = true, description = "Puts a network that was trained elsewhere into the model store: a TorchScript file, "
        + "a PyTorch checkpoint of an architecture that spandrel knows (.pth, .safetensors, .ckpt), ncnn's Real-ESRGAN (.bin, with .param beside it), or a folder with a checkpoint of another store. Finds "
        + "out what its manifest has to say, checks it, tries it in the engine and says what was found.")
public final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A file, a folder, an https address (with --sha256), or an artefact of a registry, oci://REGISTRY/NAME@sha256:DIGEST.")
    private String source;

    @Option(names = "--task", required = true, description = "What it does: denoise, super-resolve, deblur, demosaic, dejpeg or dehaze.")
    private String task;

    @Option(names = "--loss", required = true, paramLabel = "NAME", description = "What callers ask for it by, for example dat-light.")
    private String name;

    @Option(names = "--scale", description = "How many times it enlarges; refused if that is not so. Default: found out.")
    private Integer scale;

    @Option(names = "--sha256", paramLabel = "HEX", description = "Of the file; needed for an address.")
    private String sha256;

    @Option(names = "--licence", paramLabel = "TEXT", description = "Of the weights.")
    private String licence;

    @Option(names = "--source", paramLabel = "TEXT", description = "Where the file is from. Default: its address or name.")
    private String origin;

    @Option(names = "--summary", paramLabel = "TEXT", description = "One sentence for whoever chooses.")
    private String summary;

    @Option(names = "--condition", split = ",", paramLabel = "NAME", description = "What TorchScript is told besides the picture, in order, for example "
            + "sigma/255. Default: nothing.")
    private List<String> condition = new ArrayList<>();

    @Option(names = "--range", paramLabel = "LOW,HIGH", description = "What it takes for black and white. Default: found out.")
    private String range;

    @Option(names = "--side", paramLabel = "PIXELS", description = "The only side that a PyTorch checkpoint is given. Default: any if it can, else 128.")
    private Integer side;

    @Option(names = "--precisions", split = ",", paramLabel = "NAME", description = "Also give a PyTorch checkpoint these, where they stay within 50 dB: "
            + "bfloat16, float16. Takes minutes on a processor that has no units for them.")
    private List<String> precisions = new ArrayList<>();

    @Option(names = "--max-megapixels", paramLabel = "N", description = "The largest picture that it takes. Default: what the service takes.")
    private Double maxMegapixels;

    @Option(names = "--max-seconds", paramLabel = "N", description = "What a picture may take of the devices' time. Default: what the service allows.")
    private Double maxSeconds;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Option(names = "--python", paramLabel = "DIR", description = "Where the Python that reads PyTorch checkpoints is, or will be installed. "
            + "Default: darkroom/import-python in the user's cache.")
    private Path python;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Wish wish = wish();
        Path work = Files.createTempDirectory("darkroom-import");
        try {
            adopt(wish, work);
            return ExitCode.OK;
        } catch (AdoptionException | CheckpointRefusedException | ManifestException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        } finally {
            delete(work);
        }
    }

    private void adopt(Wish wish, Path work) throws IOException {
        if (Files.isDirectory(Path.of(source))) {
            StoredCheckpoint stored = StoredCheckpoint.read(Path.of(source));
            finish(work, stored.manifest(wish), stored.model());
            return;
        }
        Fetched fetched = Fetched.of(source, Optional.ofNullable(sha256), work);
        Optional<Facts> facts = isTorchScript(fetched.file()) ? Optional.empty() : Optional.of(export(fetched, work));
        Path exported = facts.isPresent() ? work.resolve("model.pt") : fetched.file();
        TorchScriptArchive.check(exported);
        Path model = work.resolve("without-devices.pt");
        DeviceFreeArchive.write(exported, model);
        var from = new Manifest.Origin(Optional.ofNullable(origin).orElse(fetched.source()), fetched.sha256(), command());
        finish(work, new Adoption(wish, facts).manifest(model, from), model);
    }

    private void finish(Path work, Manifest manifest, Path model) throws IOException {
        Path apart = work.resolve("store");
        new CheckpointPublisher(apart).publishNext(manifest, model);
        Trial.Outcome outcome = Trial.of(apart, manifest);
        CheckpointId id = new CheckpointPublisher(store).publishNext(manifest, model);
        PrintWriter out = spec.commandLine().getOut();
        Findings.of(manifest, outcome, Files.size(model)).forEach(out::println);
        out.printf("%s is in the store. A running service takes it up with POST /v1/models/reload.%n", id);
    }

    private Facts export(Fetched fetched, Path work) throws IOException {
        if (!List.of("pth", "safetensors", "ckpt", "pt", "bin").contains(fetched.ending())) {
            throw new AdoptionException("this is no TorchScript, and of PyTorch checkpoints .pth, .safetensors and .ckpt are read, of ncnn's .bin");
        }
        var environment = new PythonEnvironment(Optional.ofNullable(python).orElseGet(PythonEnvironment::defaultFolder));
        if (!environment.isInstalled()) {
            spec.commandLine().getErr().println("installing PyTorch and spandrel into a folder of their own, once: some gigabytes");
            environment.install();
        }
        List<String> options = new ArrayList<>();
        Optional.ofNullable(side).ifPresent(pixels -> options.addAll(List.of("--side", pixels.toString())));
        if (!precisions.isEmpty()) {
            options.addAll(List.of("--precisions", String.join(",", precisions)));
        }
        environment.export(fetched.file(), work, options);
        return Facts.read(work.resolve("facts.json"));
    }

    /** A PyTorch checkpoint is a zip file, too, but has no code. */
    private static boolean isTorchScript(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().contains("/code/"));
        } catch (ZipException e) {
            return false;
        }
    }

    private Wish wish() {
        Task known = Task.find(task).orElseThrow(() -> refusal("--task: there is no task " + task));
        if (!CheckpointId.isLoss(name)) {
            throw refusal("--loss: letters, digits, hyphens and underscores, at most 64");
        }
        boolean limited = maxMegapixels != null || maxSeconds != null;
        return new Wish(known, name, Optional.ofNullable(scale), condition, Optional.ofNullable(range).map(this::range), licence,
                Optional.ofNullable(summary), limited ? Optional.of(new Manifest.Limits(maxMegapixels, maxSeconds)) : Optional.empty());
    }

    private Manifest.Range range(String ends) {
        try {
            String[] both = ends.split(",", 2);
            return new Manifest.Range(Double.parseDouble(both[0]), Double.parseDouble(both[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw refusal("--range: two numbers, as in 0,255");
        }
    }

    private ParameterException refusal(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }

    /** What anyone would type, without where things are on this machine. */
    private String command() {
        List<String> words = new ArrayList<>(List.of("./darkroom", "import"));
        var given = spec.commandLine().getParseResult().originalArgs().iterator();
        while (given.hasNext()) {
            String word = given.next();
            switch (word) {
                case "import" -> { } // there when this is a command of the launcher's
                case "--store", "--python" -> given.next();
                default -> words.add(word.equals(source) ? word.replaceFirst("^(?!https?:|oci:).*/", "") : word.matches("[\\w./:@,+-]+") ? word : "'" + word + "'");
            }
        }
        return String.join(" ", words);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
