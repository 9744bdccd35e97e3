package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.Task;
import dev.darkroom.model.TensorLiteral;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small checkpoints for tests: a true manifest and an archive that only looks like TorchScript. */
public final class Checkpoints {

    public static final CheckpointId PDL_1 = new CheckpointId(Task.DENOISE, "pdl", 1);
    public static final CheckpointId PDL_2 = new CheckpointId(Task.DENOISE, "pdl", 2);
    public static final CheckpointId BASELINE_1 = new CheckpointId(Task.DENOISE, "baseline", 1);

    private Checkpoints() {}

    /** The same content always has the same hash. */
    public static byte[] torchScript(String content) {
        return zip("model/data.pkl", "model/code/__torch__.py", "model/constants.pkl", "model/data/" + content);
    }

    public static byte[] zip(String... names) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                var entry = new ZipEntry(name);
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(name.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static Manifest manifest(CheckpointId id, String sha256) {
        return manifest(id, sha256, 1);
    }

    private static Manifest manifest(CheckpointId id, String sha256, int scale) {
        var input = TensorLiteral.of(new long[] {1, 3, 2, 2}, new float[12]);
        var output = TensorLiteral.of(new long[] {1, 3, 2L * scale, 2L * scale}, new float[12 * scale * scale]);
        return new Manifest(
                id.task(), id.loss(), id.version(), "unshuffle-64x12", 380_000, sha256, new Manifest.Channels(3, 3),
                new Manifest.Range(0, 1), scale, List.of("sigma/255"), 2, 26, List.of(128, 256),
                List.of(Precision.FLOAT32, Precision.BFLOAT16), training(),
                List.of(new Manifest.Evaluation("cbsd68", "clipped 8-bit", 25.0, "psnr", 30.67, "higher"),
                        new Manifest.Evaluation("cbsd68", "clipped 8-bit", null, "parameters", 1, null)),
                new Manifest.SelfTest(
                        input, TensorLiteral.of(new long[] {1, 1}, new float[] {0.1f}), output, 1e-4),
                "Apache-2.0");
    }

    public static Manifest withSelfTest(Manifest m, Manifest.SelfTest selfTest) {
        return new Manifest(
                m.task(), m.loss(), m.version(), m.architecture(), m.parameters(), m.sha256(), m.channels(), m.range(),
                m.scale(), m.condition(), m.sizeMultiple(), m.receptiveFieldRadius(), m.tiles(), m.precisions(),
                m.training(), m.evaluation(), selfTest, m.licence());
    }

    public static Manifest.Training training() {
        return new Manifest.Training(
                "l1 + pdl", Map.of("l1", 1.0, "pdl", 0.02), "bsds500", 446, 28_756, 8, 96, 7, Precision.BFLOAT16,
                "adam 1e-3, cosine", 20.5, "2026-11-22", "darkroom train --task denoise",
                new Manifest.Parent("denoise/baseline@1", "0".repeat(64)));
    }

    /** Lays a checkpoint down as a careful user would not: file by file, in place. */
    public static void put(Path root, CheckpointId id, String content) {
        put(root, id, content, 1);
    }

    public static void put(Path root, CheckpointId id, String content, int scale) {
        try {
            Path directory = Files.createDirectories(new CheckpointDirectory(root, id).path());
            Files.write(directory.resolve("model.pt"), torchScript(content));
            manifest(id, Sha256.of(torchScript(content)), scale).write(directory.resolve("manifest.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
