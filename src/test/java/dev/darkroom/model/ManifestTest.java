package dev.darkroom.model;

import static dev.darkroom.model.store.Checkpoints.PDL_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.store.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    @TempDir
    Path folder;

    private final Manifest manifest = Checkpoints.manifest(PDL_1, "a".repeat(64));
    private Path file;
    private String json;

    @BeforeEach
    void writeOne() throws IOException {
        file = folder.resolve("manifest.json");
        manifest.write(file);
        json = Files.readString(file);
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(Manifest.read(PDL_1, file)).isEqualTo(manifest);
    }

    @Test
    void needsOnlyTheTechnicalFieldsAndASelfTest() {
        var bare = new Manifest(
                Task.DENOISE, "pdl", 1, "dncnn", 1, "b".repeat(64), new Manifest.Channels(1, 1), new Manifest.Range(0, 1),
                1, List.of(), 1, 0, List.of(64), List.of(Precision.FLOAT32), null, null,
                new Manifest.SelfTest(pixel(), null, pixel(), 0.01), null);

        bare.write(file);

        assertThat(Manifest.read(PDL_1, file)).isEqualTo(bare);
        assertThat(bare.evaluation()).isEmpty();
    }

    @Test
    void acceptsNullWherePythonWritesNone() {
        replace("\"licence\" : \"Apache-2.0\"", "\"licence\" : null");

        assertThat(parse().licence()).isNull();
    }

    @Test
    void readsBackAHaloThatWasMeasured() {
        Manifest measured = manifest.with(new Manifest.Halo(20, 0.21));

        measured.write(file);

        assertThat(Manifest.read(PDL_1, file)).isEqualTo(measured);
        assertThat(json).doesNotContain("halo");
    }

    @Test
    void refusesAHaloThatSeesFartherThanTheNetwork() {
        manifest.with(new Manifest.Halo(manifest.receptiveFieldRadius() + 1, 0)).write(file);

        assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> Manifest.read(PDL_1, file))
                .withMessageContaining("halo.eightBit exceeds receptiveFieldRadius");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"sizeMultiple\" : 2 | \"sizeMultiple\" : 0 | \"sizeMultiple\" | sizeMultiple must be at least 1",
        "\"sizeMultiple\" : 2 | \"sizeMultiple\" : \"2\" | \"sizeMultiple\" | sizeMultiple must be integer, not string",
        "\"sizeMultiple\" : 2 | \"sizeMultiple\" : 3 | \"tiles\" | tile 128 is not a multiple of sizeMultiple 3",
        "\"scale\" : 1 | \"scale\" : 5 | \"scale\" | scale must be one of [1, 2, 3, 4]",
        "\"out\" : 3 | \"out\" : 1 | \"shape\" | selfTest.output must have shape [1, 1, 2, 2], or be a corner of that",
        "\"tiling\" : \"exact\" | \"tiling\" : \"blended\" | \"tiling\" | tiling is blended exactly if there is a tiledPsnrDb",
        "\"licence\" : | \"license\" : | \"license\" | the manifest has an unknown property 'license'",
        "\"tolerance\" : 1.0E-4 | \"tolerance\" : 0 | \"tolerance\" | selfTest.tolerance must be greater than 0",
        "\"task\" : \"denoise\" | \"task\" : \"deblur\" | \"task\" | task does not agree with the directory, denoise/pdl@1",
        "\"loss\" : \"pdl\" | \"loss\" : \"../pdl\" | \"loss\" | loss must match",
        "\"loss\" : \"pdl\" | \"loss\" : \"d2sm\" | \"loss\" | loss does not agree with the directory, denoise/pdl@1",
        "\"version\" : 1 | \"version\" : 2 | \"version\" | version does not agree with the directory, denoise/pdl@1",
        "\"range\" : [ 0.0, 1.0 ] | \"range\" : [ 1.0, 0.0 ] | \"range\" | range must rise",
        "\"tiles\" : [ 128, 256 ] | \"tiles\" : [ 128, 52 ] | \"tiles\" | tile 52 is all halo",
        "\"tiles\" : [ 128, 256 ] | \"tiles\" : [ 128, 0 ] | \"tiles\" | tiles[1] must be at least 8",
        "\"shape\" : [ 1, 1 ] | \"shape\" : [ 1, 65536 ] | \"shape\" : [ 1, 65536 ] | selfTest.condition must have shape [1, 1]",
        "\"steps\" : 28756 | \"steps\" : 1e400 | \"steps\" | training.steps must be",
        "\"seed\" : 7 | \"seed\" : 99999999999999999999 | \"seed\" | training.seed must be at most 9223372036854775807",
        "\"architecture\" : | \"architecture\" | \"architecture\" | not JSON: Unexpected character",
        "\"parameters\" : 380000 | \"version\" : 1 | \"version\" : 1 | not JSON: Duplicate field 'version'",
    })
    void refusesABrokenManifestByNameAndLine(String sound, String broken, String where, String problem) {
        replace(sound, broken);

        assertThatExceptionOfType(ManifestException.class).isThrownBy(this::parse)
                .withMessageMatching("denoise/pdl@1: manifest.json line \\d+: .*")
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(json.lines().toList().get(lineIn(e) - 1)).contains(where));
    }

    @Test
    void namesTheLineOfTheObjectThatLacksAField() {
        replace("\"objective\" : \"l1 + pdl\",", "");

        assertThatExceptionOfType(ManifestException.class).isThrownBy(this::parse)
                .withMessageEndingWith("training lacks 'objective'")
                .satisfies(e -> assertThat(json.lines().toList().get(lineIn(e) - 1)).contains("\"training\""));
    }

    @Test
    void refusesASelfTestThatDoesNotFillItsShape() {
        replace("\"shape\" : [ 1, 3, 2, 2 ]", "\"shape\" : [ 1, 3, 4, 2 ]");

        assertThatExceptionOfType(ManifestException.class).isThrownBy(this::parse)
                .withMessageContaining("selfTest.input is not base64 that fills its shape");
    }

    @Test
    void saysTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            replace("\"condition\" : [ \"sigma/255\" ]", "\"condition\" : [ \"a\", \"a\" ]");

            assertThatExceptionOfType(ManifestException.class).isThrownBy(this::parse).withMessageContaining("unique");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> Manifest.read(PDL_1, folder.resolve("absent.json")))
                .withMessage("denoise/pdl@1: manifest.json cannot be read");
    }

    @Test
    void refusesTextAfterTheEnd() {
        json += "{}";

        assertThatExceptionOfType(ManifestException.class).isThrownBy(this::parse)
                .withMessageContaining("text after the end");
    }

    private static TensorLiteral pixel() {
        return TensorLiteral.of(new long[] {1, 1, 1, 1}, new float[] {0.5f});
    }

    private static int lineIn(Throwable e) {
        return Integer.parseInt(e.getMessage().replaceAll(".* line (\\d+):.*", "$1"));
    }

    private void replace(String sound, String broken) {
        assertThat(json).contains(sound);
        json = json.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(broken));
    }

    private Manifest parse() {
        return ManifestFormat.parse(PDL_1, json.getBytes(UTF_8));
    }
}
