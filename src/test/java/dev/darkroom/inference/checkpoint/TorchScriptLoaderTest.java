package dev.darkroom.inference.checkpoint;

import static dev.darkroom.inference.TestCheckpoints.FLOAT32;
import static dev.darkroom.inference.TestCheckpoints.ID;
import static dev.darkroom.inference.TestCheckpoints.UNIT;
import static dev.darkroom.inference.TestCheckpoints.allowing;
import static dev.darkroom.inference.TestCheckpoints.file;
import static dev.darkroom.inference.TestCheckpoints.manifest;
import static dev.darkroom.inference.TestCheckpoints.settings;
import static dev.darkroom.inference.TestCheckpoints.withChannels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.inference.TestCheckpoints;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptLoaderTest {
    private static final Manifest IDENTITY = manifest(ID, file("identity"), UNIT, 0.5f);

    @Test
    void loadsWhatPassesItsSelfTest() {
        try (var checkpoint = new TorchScriptLoader(FLOAT32).load(ID, IDENTITY, file("identity"));
                var scratch = checkpoint.newManager()) {
            var x = scratch.create(new float[] {0.25f, 0.5f, 1}, new Shape(1, 3, 1, 1));

            var y = checkpoint.forward(scratch, x, scratch.zeros(new Shape(1, 1)));

            assertThat(y.toFloatArray()).containsExactly(0.25f, 0.5f, 1);
            assertThat(checkpoint.id()).isEqualTo(ID);
            assertThat(checkpoint.manifest()).isEqualTo(IDENTITY);
            assertThat(checkpoint.device()).isEqualTo("cpu float32");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void leavesTheCallingThreadItsCores(int cores) {
        int before = JniUtils.getNumThreads();
        JniUtils.setNumThreads(cores);
        try (var checkpoint = new TorchScriptLoader(FLOAT32).load(ID, IDENTITY, file("identity"))) {
            assertThat(JniUtils.getNumThreads()).isEqualTo(cores);
        } finally {
            JniUtils.setNumThreads(before);
        }
    }

    @Test
    void loadsACheckpointThatTakesNoCondition() {
        try (var doubles = TestCheckpoints.loadDoubles()) {
            assertThat(doubles.manifest().condition()).isEmpty();
        }
    }

    @Test
    void choosesItsPrecisionWithoutACondition() {
        var manifest = TestCheckpoints.loadDoubles().manifest();
        try (var doubles = new TorchScriptLoader(settings(Optional.empty()))
                .load(ID, allowing(manifest, Precision.FLOAT32), file("doubles"))) {
            assertThat(doubles.precision()).isEqualTo(Precision.FLOAT32);
        }
    }

    @Test
    void refusesAnAnswerThatTheSelfTestDoesNotExpect() {
        refuses(manifest(ID, file("brighten"), UNIT, 0.5f), file("brighten"), FLOAT32)
                .withMessage("self-test: the output differs by 0.25, more than 1.0e-06");
    }

    @Test
    void refusesAnAnswerOfAnotherShape() {
        Manifest doubles = TestCheckpoints.loadDoubles().manifest();
        var test = new Manifest.SelfTest(doubles.selfTest().input(), null, doubles.selfTest().input(), 1e-6);
        var wrong = new Manifest(doubles.task(), doubles.loss(), 1, "test", 0, doubles.sha256(), doubles.channels(), UNIT, 1,
                List.of(), 1, 0, List.of(8), List.of(Precision.FLOAT32), null, List.of(), test, null);

        refuses(wrong, file("doubles"), FLOAT32)
                .withMessage("self-test: the output's shape is (1, 3, 2, 2) instead of (1, 3, 1, 1)");
    }

    @Test
    void refusesANetworkThatFailsOnItsExample() {
        Manifest withCondition = manifest(ID, file("doubles"), UNIT, 0.5f);

        refuses(withCondition, file("doubles"), FLOAT32).withMessage("self-test: the network fails on the manifest's example");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 1000})
    void refusesAFileThatIsNotTorchScript(int bytes, @TempDir Path folder) throws IOException {
        byte[] garbage = new byte[bytes];
        new Random(bytes).nextBytes(garbage);
        Path file = Files.write(folder.resolve("model.pt"), garbage);

        refuses(IDENTITY, file, FLOAT32).withMessage("the engine cannot load it as TorchScript");
    }

    @Test
    void refusesAFileThatIsCutShort(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(file("identity"));
        Path file = Files.write(folder.resolve("model.pt"), Arrays.copyOf(whole, whole.length / 2));

        refuses(IDENTITY, file, FLOAT32).withMessage("the engine cannot load it as TorchScript");
    }

    @Test
    void refusesAPrecisionThatTheManifestDoesNotAllow() {
        refuses(allowing(IDENTITY, Precision.FLOAT32), file("identity"), settings(Optional.of(Precision.BFLOAT16)))
                .withMessage("the manifest does not allow bfloat16");
    }

    @Test
    void refusesAPrecisionThatDoesBadly() {
        refuses(IDENTITY, file("identity"), settings(Optional.of(Precision.FLOAT16)))
                .withMessageMatching("in float16 the output is only 2[89]\\.\\d dB from float32's, less than 50");
    }

    @Test
    void refusesAPrecisionThatTheNetworkHasNoMethodFor() {
        refuses(manifest(ID, file("brighten"), UNIT, 0.75f), file("brighten"), settings(Optional.of(Precision.BFLOAT16)));
    }

    @Test
    void loadsInThePrecisionThatIsAskedFor() {
        try (var checkpoint = new TorchScriptLoader(settings(Optional.of(Precision.BFLOAT16)))
                .load(ID, IDENTITY, file("identity"))) {
            assertThat(checkpoint.device()).isEqualTo("cpu bfloat16");
        }
    }

    @Test
    void neverChoosesAPrecisionThatDoesBadly() {
        var settings = settings(Optional.empty());
        try (var checkpoint = new TorchScriptLoader(settings)
                .load(ID, allowing(IDENTITY, Precision.FLOAT32, Precision.FLOAT16), file("identity"))) {
            assertThat(checkpoint.precision()).isEqualTo(Precision.FLOAT32);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "3, 4", "64, 64"})
    void refusesACheckpointThatIsNeitherGrayNorColour(int in, int out) {
        refuses(withChannels(IDENTITY, in, out), file("identity"), FLOAT32)
                .withMessage("only checkpoints with one or three channels in and out can be served");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda", "cuda:99", "cuda:9999", ""})
    void refusesADeviceThatIsNotThere(String device) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TorchScriptLoader(InferenceSettings.on(device, Optional.empty())));
    }

    private static ThrowableAssertAlternative<CheckpointRefusedException> refuses(
            Manifest manifest, Path model, InferenceSettings settings) {
        return assertThatExceptionOfType(CheckpointRefusedException.class)
                .isThrownBy(() -> new TorchScriptLoader(settings).load(ID, manifest, model).close());
    }
}
