package dev.darkroom.bench.engine;

import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * How a network's convolutions are run where the engine's binding has no setting for it: said in the archive's own code.
 *
 * <p>Every convolution gets its input in the layout, and is called by the operator that names what its backend may do
 * ({@code aten::_convolution}, which {@code conv2d} calls with the process's settings). Weights stay as they are.
 *
 * @param tf32 whether float32 convolutions may round their factors to 10 bits on tensor cores, as the engine does unless told otherwise
 */
public record ConvolutionStyle(Layout layout, boolean tf32) {
    private static final String CODE = "[^/]+/code/.*\\.py";
    private static final String NAME = "(\\w+)";
    private static final String LIST = "(\\[[^\\]]*\\])";
    private static final Pattern CONV2D =
            Pattern.compile("torch\\.conv2d\\(" + String.join(", ", NAME, NAME, NAME, LIST, LIST) + "(?:, " + LIST + "(?:, (\\w+))?)?\\)");
    /** As tracing leaves it: the operator already, with four flags of which the last is about rounding. */
    private static final Pattern TRACED = Pattern.compile("torch\\._convolution\\(" + NAME + ", ([^()]*), (?:True|False)\\)");
    private static final Pattern FORMAT = Pattern.compile("memory_format=\\d+");
    private static final Pattern ANY_CONVOLUTION = Pattern.compile("torch\\.(?:conv\\w*|_convolution)\\(");

    /** The order of a batch's values in memory. */
    public enum Layout {
        /** N,C,H,W. */
        CONTIGUOUS(0),
        /** N,H,W,C. */
        CHANNELS_LAST(2);

        /** As the engine numbers it (c10::MemoryFormat). */
        private final int number;

        Layout(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A checkpoint with its convolutions in this style; what is calibrated for it is kept nowhere.
     *
     * @throws UnsupportedConvolutionException if it has a convolution that is neither {@code conv2d} nor traced
     */
    public TorchScriptCheckpoint load(TorchScriptLoader loader, CheckpointId id, Manifest manifest, Path torchScript) {
        try {
            Path folder = Files.createTempDirectory("styled");
            Path styled = folder.resolve(torchScript.getFileName());
            try {
                rewrite(torchScript, styled);
                return loader.load(id, manifest, styled);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the calibration that the loader has left beside the checkpoint. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /**
     * Writes the archive anew.
     *
     * @throws UnsupportedConvolutionException if it has a convolution that is neither {@code conv2d} nor traced
     */
    void rewrite(Path torchScript, Path target) throws IOException {
        try (var in = new ZipFile(torchScript.toFile()); var out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(entry.getName().matches(CODE) ? rewritten(content) : content);
            }
        }
    }

    private byte[] rewritten(byte[] code) {
        return rewritten(new String(code, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    String rewritten(String code) {
        String formatted = FORMAT.matcher(code).replaceAll("memory_format=" + layout.number);
        String others = TRACED.matcher(CONV2D.matcher(formatted).replaceAll("")).replaceAll("");
        if (ANY_CONVOLUTION.matcher(others).find()) {
            throw new UnsupportedConvolutionException();
        }
        String traced = TRACED.matcher(formatted).replaceAll("torch._convolution(" + ordered("$1") + ", $2, " + flag() + ")");
        return CONV2D.matcher(traced).replaceAll(this::operator);
    }

    private String ordered(String input) {
        return "torch.contiguous(%s, memory_format=%d)".formatted(input, layout.number);
    }

    private String flag() {
        return tf32 ? "True" : "False";
    }

    private String operator(MatchResult call) {
        String dilation = call.group(6) == null ? "[1, 1]" : call.group(6);
        String groups = call.group(7) == null ? "1" : call.group(7);
        return Matcher.quoteReplacement("torch._convolution(%s, %s, %s, %s, %s, %s, False, [0, 0], %s, False, False, True, %s)".formatted(
                ordered(call.group(1)), call.group(2), call.group(3), call.group(4), call.group(5), dilation, groups, flag()));
    }

    /** The archive has convolutions that this class does not know how to write. */
    public static final class UnsupportedConvolutionException extends RuntimeException {
        UnsupportedConvolutionException() {
            super("the checkpoint has a convolution in a form that cannot be rewritten");
        }
    }
}
