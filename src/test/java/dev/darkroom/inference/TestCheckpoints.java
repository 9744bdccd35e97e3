package dev.darkroom.inference;

import ai.djl.ndarray.NDManager;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.Replica;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.TensorLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The small TorchScript files beside this class, and manifests that are true of them. */
public final class TestCheckpoints {
    public static final CheckpointId ID = new CheckpointId(Task.DENOISE, "baseline", 1);
    public static final InferenceSettings FLOAT32 = settings(Optional.of(Precision.FLOAT32));
    public static final Manifest.Range UNIT = new Manifest.Range(0, 1);

    private TestCheckpoints() {}

    public static InferenceSettings settings(Optional<Precision> precision) {
        return new InferenceSettings("cpu", precision, 1, 1, 1 << 20, Duration.ofMillis(250), Duration.ZERO);
    }

    public static InferenceSettings instances(int count) {
        return new InferenceSettings("cpu", FLOAT32.precision(), 1, count, 1 << 20, Duration.ofMillis(250), Duration.ZERO);
    }

    static BatchRun batchRun() {
        return new BatchRun(DeviceHook.none(), InferenceEvents.NONE);
    }

    /** As a worker does it. */
    static void run(BatchRun run, TileKey key, List<? extends TileWork> tiles) {
        Replica replica = key.checkpoint().first();
        run.reset();
        run.read(tiles, key.shape());
        try (NDManager scratch = replica.newManager()) {
            run.write(tiles, run.compute(scratch, replica, tiles, key.shape()));
        }
    }

    public static Path file(String name) {
        try {
            return Path.of(TestCheckpoints.class.getResource(name + ".pt").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Loaded in float32; takes the condition {@code shift} and answers x plus something times it. */
    public static TorchScriptCheckpoint load(String name) {
        return load(name, UNIT);
    }

    public static TorchScriptCheckpoint load(String name, Manifest.Range range) {
        boolean shifts = !name.equals("identity");
        return new TorchScriptLoader(FLOAT32).load(ID, manifest(ID, file(name), range, shifts ? 0.75f : 0.5f), file(name));
    }

    /** The identity, which is the same in every precision but coarse in float16. */
    public static TorchScriptCheckpoint loadIn(Precision precision) {
        return new TorchScriptLoader(settings(Optional.of(precision))).load(ID, manifest(ID, file("identity"), UNIT, 0.5f), file("identity"));
    }

    public static TorchScriptCheckpoint loadDoubles() {
        return new TorchScriptLoader(FLOAT32).load(ID, doubles(), file("doubles"));
    }

    /** @param output that the self-test expects of 0.5 with the condition 0.25 */
    public static Manifest manifest(CheckpointId id, Path model, Manifest.Range range, float output) {
        var x = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0.5f, 0.5f, 0.5f});
        var y = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {output, output, output});
        var condition = TensorLiteral.of(new long[] {1, 1}, new float[] {0.25f});
        return manifest(id, model, range, 1, List.of("shift"), new Manifest.SelfTest(x, condition, y, 1e-6));
    }

    public static Manifest doubles() {
        var x = TensorLiteral.of(new long[] {1, 3, 1, 1}, new float[] {0, 0.5f, 1});
        var y = TensorLiteral.of(new long[] {1, 3, 2, 2}, new float[] {0, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1, 1, 1});
        return manifest(ID, file("doubles"), UNIT, 2, List.of(), new Manifest.SelfTest(x, null, y, 1e-6));
    }

    private static Manifest manifest(CheckpointId id, Path model, Manifest.Range range, int scale, List<String> condition,
            Manifest.SelfTest selfTest) {
        return new Manifest(id.task(), id.loss(), id.version(), "test", 0, sha256(model), new Manifest.Channels(3, 3), range,
                scale, condition, 1, 0, List.of(8), List.of(Precision.values()), null, List.of(), selfTest, null);
    }

    public static Manifest allowing(Manifest m, Precision... precisions) {
        return new Manifest(m.task(), m.loss(), m.version(), m.architecture(), m.parameters(), m.sha256(), m.channels(),
                m.range(), m.scale(), m.condition(), m.sizeMultiple(), m.receptiveFieldRadius(), m.tiles(),
                List.of(precisions), m.training(), m.evaluation(), m.selfTest(), m.licence());
    }

    public static Manifest withChannels(Manifest m, int in, int out) {
        return new Manifest(m.task(), m.loss(), m.version(), m.architecture(), m.parameters(), m.sha256(),
                new Manifest.Channels(in, out), m.range(), m.scale(), m.condition(), m.sizeMultiple(),
                m.receptiveFieldRadius(), m.tiles(), m.precisions(), m.training(), m.evaluation(), m.selfTest(), m.licence());
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
