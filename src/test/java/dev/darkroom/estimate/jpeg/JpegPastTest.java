package dev.darkroom.estimate.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegPastTest {
    private static final int SIDE = 256;

    @ParameterizedTest
    @CsvSource({"astronaut, 30", "astronaut, 50", "astronaut, 75", "astronaut, 90", "astronaut, 95", "coffee, 30", "coffee, 50", "coffee, 75", "coffee, 90", "coffee, 95",
        "chelsea, 75", "chelsea, 90", "chelsea, 95"})
    void aPictureThatWasCutOutOfAJpegFileTellsItsQuality(String name, int quality) {
        Planes file = JpegUploads.through(photograph(name), quality, Chroma.HALVED);
        Optional<JpegPast> past = JpegPast.in(file.cut(5, 3, file.width() - 5, file.height() - 3).picture());

        assertThat(past).isPresent();
        assertThat(past.get().coding().quality()).isCloseTo(quality, within(6));
        assertThat(past.get().coding().halved()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"HALVED, 1", "FULL, 0"})
    void colourTellsItsResolution(Chroma chroma, double halved) {
        Planes file = JpegUploads.through(photograph("coffee"), 92, chroma);

        assertThat(JpegPast.in(file.picture()).orElseThrow().coding().halved()).isEqualTo(halved);
    }

    @Test
    void aBetterFileDoesNotHideAWorseOneThatItWasMadeOf() {
        Planes first = JpegUploads.through(photograph("astronaut"), 60, Chroma.HALVED);
        Planes second = JpegUploads.through(first, 95, Chroma.HALVED);

        assertThat(JpegPast.in(second.picture()).orElseThrow().coding().quality()).isCloseTo(60, within(8));
    }

    @Test
    void whatWasLostIsEstimatedOnTheFilesOwnBlocks() {
        Planes clean = photograph("coffee");
        Planes file = JpegUploads.through(clean, 80, Chroma.FULL);
        Picture cut = file.cut(3, 6, file.width() - 3, file.height() - 6).picture();

        assertThat(JpegPast.in(cut).orElseThrow().psnrDb()).isCloseTo(clean.luma().psnrDb(file.luma()), within(3.0));
    }

    /** Half as large, the photographs keep nothing of the files that they once were. */
    @ParameterizedTest
    @ValueSource(strings = {"astronaut", "coffee", "chelsea"})
    void aPhotographThatWasNeverSuchAFileHasNoPast(String name) {
        Planes half = new PhotoFile(Path.of("docs/photographs", name + ".png")).read().halved().whole();

        assertThat(JpegPast.in(half.picture())).isEmpty();
    }

    @Test
    void neitherHasWhatIsDrawnOnAGridOfEightPixels() {
        var random = new SplittableRandom(3);
        double[] tones = random.doubles(SIDE * SIDE, 0, 1).toArray();
        for (IntToDoubleFunction drawing : new IntToDoubleFunction[] {
            at -> (at % SIDE / 8 + at / SIDE / 8) % 2, at -> (at % SIDE + at / SIDE) % 2, at -> tones[at / SIDE / 8 * 32 + at % SIDE / 8], at -> tones[at],
            at -> at % SIDE / (SIDE - 1.0), at -> 0.5, at -> tones[at % SIDE / 8] > 0.5 ? tones[at / SIDE % 8 * 8 + at % 8] : 0.2,
            at -> Math.round(4 * tones[at / SIDE / 2 * 128 + at % SIDE / 2]) / 4.0}) {
            Planes picture = drawn(drawing);

            assertThat(JpegPast.in(picture.picture())).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 300", "300, 7", "16, 16", "40, 33"})
    void ofASmallPictureNothingIsKnown(int width, int height) {
        Planes part = JpegUploads.through(photograph("coffee").cut(0, 0, width, height), 50, Chroma.FULL);

        assertThat(JpegPast.in(part.picture())).isEmpty();
    }

    private static Planes drawn(IntToDoubleFunction value) {
        float[] values = new float[3 * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.applyAsDouble(i % (SIDE * SIDE));
        }
        return new Planes(3, SIDE, SIDE, values).as8Bit();
    }

    private static Planes photograph(String name) {
        return new PhotoFile(Path.of("docs/photographs", name + ".png")).read().whole();
    }
}
