package dev.darkroom.model.torchscript;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A TorchScript archive as the engine would read it: {@code NAME/data.pkl}, {@code constants.pkl}, {@code code/}, and the tensors.
 *
 * <p>Layout: PyTorch's {@code torch/csrc/jit/serialization}.
 */
public final class TorchScriptFile implements AutoCloseable {
    private static final int MOST_CODE = 8 << 20;
    private static final Pattern CODE = Pattern.compile("[^/]+/code/.*\\.py");
    private static final Pattern PICKLE = Pattern.compile("[^/]+/(data|constants|attributes|traced_inputs)\\.pkl");
    /**
     * What else the exporter writes: tensors, and numbers that say how they are laid out. The model.json of old archives would have the
     * engine look for code elsewhere.
     */
    private static final Pattern HARMLESS = Pattern.compile("[^/]+/(code/.*\\.debug_pkl|(data|constants|traced_inputs|extra)/.*|version|byteorder"
            + "|\\.format_version|\\.storage_alignment|\\.data/(version|serialization_id))");

    private final FileChannel file;
    private final Archive archive;

    private TorchScriptFile(FileChannel file, Archive archive) {
        this.file = file;
        this.archive = archive;
    }

    /** @throws DamagedArchiveException if this is no zip archive that can be read in one way only */
    public static TorchScriptFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new TorchScriptFile(file, Archive.of(Bytes.of(file)));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    public boolean hasData() {
        return anyMatches(PICKLE);
    }

    public boolean hasCode() {
        return anyMatches(CODE);
    }

    private boolean anyMatches(Pattern pattern) {
        return StreamSupport.stream(archive.names().spliterator(), false).anyMatch(name -> pattern.matcher(name).matches());
    }

    /**
     * Reads its code, without running any.
     *
     * @throws ForbiddenScriptException naming the operator, or whatever else is more than calculation
     */
    public void requireOnlyCalculates() {
        var script = new Script();
        String folder = archive.names().iterator().next().replaceFirst("/.*", "/");
        for (String name : archive.names()) {
            if (!name.startsWith(folder)) {
                throw new ForbiddenScriptException("the archive has more than one folder");
            }
            if (CODE.matcher(name).matches()) {
                script.read(text(name));
            } else if (PICKLE.matcher(name).matches()) {
                requireOwnClasses(text(name));
            } else if (!HARMLESS.matcher(name).matches()) {
                throw new ForbiddenScriptException("the archive has a file that TorchScript has no use for");
            }
        }
        script.check();
    }

    /** The engine reads a class's name as one line of text, so there is no other way to write it. */
    private static void requireOwnClasses(String pickle) {
        if (pickle.contains("torch.classes") || pickle.contains("torch.distributed")) {
            throw new ForbiddenScriptException("the archive has objects of classes that are not its own");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private String text(String name) {
        return new String(archive.read(name, MOST_CODE), StandardCharsets.ISO_8859_1);
    }
}
