package dev.darkroom.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.bench.engine.ConvolutionStyle.Layout;
import dev.darkroom.bench.engine.ConvolutionStyle.UnsupportedConvolutionException;
import dev.darkroom.inference.TestCheckpoints;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.CheckpointLoader;
import dev.darkroom.model.store.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionStyleTest {
    /** Batches of one tile, so that calibrating is quick. */
    private static final InferenceSettings SETTINGS =
            new InferenceSettings("cpu", Optional.of(Precision.FLOAT32), 1, 1, 1, Duration.ofMillis(250), Duration.ZERO);
    private static final ConvolutionStyle EXACT = new ConvolutionStyle(Layout.CHANNELS_LAST, false);

    @TempDir
    Path folder;

    @Test
    void saysWhatABackendMayDoAndInWhichLayout() {
        assertThat(EXACT.rewritten("    _2 = torch.conv2d(x, _0, _1, [1, 1], [padding, padding])"))
                .isEqualTo("    _2 = torch._convolution(torch.contiguous(x, memory_format=2), _0, _1, [1, 1], [padding, padding], [1, 1], "
                        + "False, [0, 0], 1, False, False, True, False)");
        assertThat(new ConvolutionStyle(Layout.CONTIGUOUS, true).rewritten("torch.conv2d(x, w, None, [2, 2], [1, 1], [3, 3], groups)"))
                .isEqualTo("torch._convolution(torch.contiguous(x, memory_format=0), w, None, [2, 2], [1, 1], [3, 3], "
                        + "False, [0, 0], groups, False, False, True, True)");
    }

    @Test
    void changesTracedConvolutionsToo() {
        assertThat(EXACT.rewritten("torch._convolution(input, weight, bias, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, False, False, True, True)"))
                .isEqualTo("torch._convolution(torch.contiguous(input, memory_format=2), weight, bias, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, "
                        + "False, False, True, False)");
    }

    @Test
    void changesLayoutsThatTheCodeAsksFor() {
        assertThat(new ConvolutionStyle(Layout.CONTIGUOUS, true).rewritten("  return torch.contiguous(x, memory_format=2)"))
                .isEqualTo("  return torch.contiguous(x, memory_format=0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch.conv1d(x, w, b)", "torch.conv2d(torch.to(x, 5), w, b, [1, 1], [0, 0])", "torch.conv_transpose2d(x, w, b, [2, 2])"})
    void refusesAConvolutionThatItCannotWrite(String code) {
        assertThatExceptionOfType(UnsupportedConvolutionException.class).isThrownBy(() -> EXACT.rewritten(code));
    }

    @ParameterizedTest
    @CsvSource({"denoise/baseline/1, CONTIGUOUS, true", "super-resolve/baseline/3, CHANNELS_LAST, false"})
    void leavesWhatACheckpointAnswers(String checkpoint, Layout layout, boolean tf32) {
        try (var asIs = load(checkpoint, Optional.empty()); var styled = load(checkpoint, Optional.of(new ConvolutionStyle(layout, tf32)))) {
            var shape = new TileShape(64, 64, 3, 1);
            float[] condition = new float[asIs.manifest().columns()];

            assertThat(Fidelity.psnr(asIs, styled, noise(shape), shape, condition)).isGreaterThan(110);
            assertThat(Fidelity.psnr(asIs, asIs, noise(shape), shape, condition)).isInfinite();
        }
    }

    @Test
    void keepsTheCalibrationOfTheCheckpointItself() throws IOException {
        Path model = Files.copy(TestCheckpoints.file("brighten"), folder.resolve("model.pt"));
        Manifest manifest = TestCheckpoints.manifest(TestCheckpoints.ID, model, TestCheckpoints.UNIT, 0.75f);

        EXACT.load(new TorchScriptLoader(SETTINGS), TestCheckpoints.ID, manifest, model).close();
        assertThat(folder).isDirectoryNotContaining("glob:**.json");

        new TorchScriptLoader(SETTINGS).load(TestCheckpoints.ID, manifest, model).close();
        assertThat(folder).isDirectoryContaining("glob:**.json");
    }

    private static ByteBuffer noise(TileShape shape) {
        byte[] noise = new byte[shape.bytes()];
        new Random(1).nextBytes(noise);
        return ByteBuffer.allocateDirect(noise.length).put(noise);
    }

    private TorchScriptCheckpoint load(String checkpoint, Optional<ConvolutionStyle> style) {
        try (var store = new ModelStore<>(Path.of("model-store"), (CheckpointLoader<Loaded>) Loaded::new)) {
            store.reload(id -> checkpoint.equals(id.task() + "/" + id.loss() + "/" + id.version()));
            Task task = Task.find(checkpoint.split("/")[0]).orElseThrow();
            try (var lease = store.acquire(task, new ModelRequest.Default())) {
                Loaded found = lease.checkpoint();
                Path model = Files.copy(found.file, folder.resolve("model-" + style.isPresent() + ".pt"));
                var loader = new TorchScriptLoader(SETTINGS);
                Manifest manifest = withSmallTiles(found.manifest);
                return style.isPresent() ? style.get().load(loader, found.id, manifest, model) : loader.load(found.id, manifest, model);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** So that loading, which times every size, is quick. */
    private static Manifest withSmallTiles(Manifest m) {
        return new Manifest(m.task(), m.loss(), m.version(), m.architecture(), m.parameters(), m.sha256(), m.channels(), m.range(), m.scale(),
                m.condition(), m.sizeMultiple(), m.receptiveFieldRadius(), List.of(64), m.precisions(), m.training(), m.evaluation(), m.selfTest(), m.licence());
    }

    private record Loaded(CheckpointId id, Manifest manifest, Path file) implements AutoCloseable {
        @Override
        public void close() {
            // There is nothing behind it.
        }
    }
}
