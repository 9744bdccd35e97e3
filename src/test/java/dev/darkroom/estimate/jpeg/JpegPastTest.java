package dev.darkroom.estimate.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.train.degradation.GaussianNoise;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.photo.GaussianBlur;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Planes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegPastTest {
    private static final int SIDE = 256;
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

    @ParameterizedTest
    @CsvSource({"astronaut, 20", "astronaut, 30", "astronaut, 50", "astronaut, 75", "astronaut, 90", "astronaut, 95", "coffee, 30", "coffee, 50", "coffee, 75", "coffee, 90", "coffee, 95",
        "chelsea, 75", "chelsea, 90", "chelsea, 95"})
    void aPictureThatWasCutOutOfAJpegFileTellsItsQuality(String name, int quality) {
        Planes file = JpegUploads.through(photograph(name), quality, Chroma.HALVED);
        Optional<JpegPast> past = JpegPast.in(file.cut(5, 3, file.width() - 5, file.height() - 3).picture());

        assertThat(past).isPresent();
        assertThat(past.get().coding().quality()).isCloseTo(quality, within(3));
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

        assertThat(JpegPast.in(second.picture()).orElseThrow().coding().quality()).isCloseTo(60, within(4));
    }

    /** Exactly, so that a file is not taken for one that was made of a worse one. */
    @ParameterizedTest
    @ValueSource(ints = {85, 88, 90, 92, 95, 97})
    void aFileIsNotWorseThanItsOwnTables(int quality) {
        for (String name : new String[] {"astronaut", "coffee", "chelsea"}) {
            for (Chroma chroma : Chroma.values()) {
                Planes file = JpegUploads.through(photograph(name), quality, chroma);

                assertThat(JpegPast.in(file.picture()).filter(past -> past.isWorseThan(new JpegCoding(quality, 0)))).as(name).isEmpty();
            }
        }
    }

    @Test
    void aTurnedFileIsFoundAsItLies() {
        Planes file = JpegUploads.through(photograph("astronaut"), 75, Chroma.HALVED);
        JpegCoding upright = JpegPast.in(file.picture()).orElseThrow().coding();
        JpegCoding turned = JpegPast.in(transposed(file).picture()).orElseThrow().coding();

        assertThat(turned.quality()).isCloseTo(75, within(3));
        for (int i = 0; i < 64; i++) {
            assertThat(turned.lumaSteps().get(i % 8 * 8 + i / 8)).isCloseTo(upright.lumaSteps().get(i), within(2));
        }
    }

    @Test
    void anotherProgramsTableIsFound() throws IOException {
        int[] flatter = JpegCoding.lumaSteps(75).stream().mapToInt(step -> (int) Math.round(2.2 * Math.pow(step, 0.7))).toArray();
        Planes file = throughTable(photograph("coffee").luma().as8Bit(), flatter);
        JpegCoding found = JpegPast.in(file.picture()).orElseThrow().coding();

        for (int i : new int[] {1, 8, 9, 2, 16, 10, 17}) {
            assertThat(found.lumaSteps().get(i)).isEqualTo(flatter[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void grayPicturesAndDeepOnesTellItToo(int bits) {
        Planes file = JpegUploads.through(photograph("astronaut").luma().as8Bit(), 60, Chroma.FULL);
        Picture picture = bits == 8 ? file.picture() : deep(file.picture());

        assertThat(JpegPast.in(picture).orElseThrow().coding().quality()).isCloseTo(60, within(3));
    }

    @Test
    void whatIsTransparentSaysNothing() {
        Picture file = JpegUploads.through(photograph("astronaut"), 60, Chroma.HALVED).picture();
        Picture unseen = new Picture(file.width(), file.height(), 3, 8, file.samples(), Optional.of(even(file, (byte) 0)));
        Picture seen = new Picture(file.width(), file.height(), 3, 8, file.samples(), Optional.of(even(file, (byte) 255)));

        assertThat(JpegPast.in(unseen)).isEmpty();
        assertThat(JpegPast.in(seen)).isPresent();
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
        assertThat(JpegPast.in(GaussianNoise.added(photograph(name), 5, new SplittableRandom(1)).as8Bit().picture())).isEmpty();
        assertThat(JpegPast.in(GaussianBlur.of(JpegUploads.through(photograph(name), 60, Chroma.HALVED), 0.7).as8Bit().picture())).isEmpty();
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

    private static Picture even(Picture like, byte level) {
        return new Picture(like.width(), like.height(), 1, 8, (x, y, width, height, samples) -> {
            for (int i = 0; i < width * height; i++) {
                samples.put(level);
            }
        }, Optional.empty());
    }

    /** 16 bits where there were 8. */
    private static Picture deep(Picture picture) {
        return new Picture(picture.width(), picture.height(), picture.channels(), 16, (x, y, width, height, samples) -> {
            var shallow = ByteBuffer.allocateDirect(picture.bytes(width * height));
            picture.samples().read(x, y, width, height, shallow);
            for (int i = 0; i < shallow.capacity(); i++) {
                samples.putShort((short) (257 * (shallow.get(i) & 0xff)));
            }
        }, Optional.empty());
    }

    private static Planes transposed(Planes picture) {
        int width = picture.width();
        int height = picture.height();
        float[] values = new float[picture.values().length];
        for (int i = 0; i < values.length; i++) {
            int at = i % (width * height);
            values[i - at + at % width * height + at / width] = picture.values()[i];
        }
        return new Planes(picture.channels(), width, height, values);
    }

    /** What a gray file would show if its table had these steps, row by row from the lowest frequency. */
    private static Planes throughTable(Planes gray, int[] steps) throws IOException {
        var image = new BufferedImage(gray.width(), gray.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < gray.values().length; i++) {
            image.getRaster().setSample(i % gray.width(), i / gray.width(), 0, Math.round(gray.values()[i] * 255));
        }
        var file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", file);
        byte[] bytes = file.toByteArray();
        int table = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00db\u0000\u0043\u0000") + 5;
        for (int i = 0; i < steps.length; i++) {
            bytes[table + i] = (byte) steps[ZIGZAG[i]];
        }
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(bytes));
        float[] values = new float[gray.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = shown.getRaster().getSample(i % gray.width(), i / gray.width(), 0) / 255f;
        }
        return gray.with(values);
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
