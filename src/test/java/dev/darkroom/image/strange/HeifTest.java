package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.strange.Drawing.HEIGHT;
import static dev.darkroom.image.strange.Drawing.WIDTH;
import static dev.darkroom.image.strange.Drawing.ramp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Profiles;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEIC and AVIF, as telephones and browsers' programs write them. */
class HeifTest {
    /** What HEVC, AV1 and a quarter of the colours leave of the ramp, of 255. */
    private static final int LOSSY = 12;
    /** Coded in whole blocks. */
    private static final int CODED_HEIGHT = 64;

    @ParameterizedTest
    @CsvSource({"ramp-8.heic, 3, 8, false", "gray-8.heic, 1, 8, false", "ramp-10.heic, 3, 10, false", "rgba-8.heic, 3, 8, true",
        "ramp-8.avif, 3, 8, false", "gray-8.avif, 1, 8, false", "rgba-8.avif, 3, 8, true"})
    void readsGrayColoursAlphaAndTenBits(String name, int channels, int bits, boolean alpha) {
        byte[] file = HeifDrawing.sample(name);
        var header = Pictures.probe(file);
        assertThat(List.of(header.width(), header.height(), header.channels(), header.bitsPerSample())).isEqualTo(List.of(WIDTH, HEIGHT, channels, bits));
        assertThat(header.alpha()).isEqualTo(alpha);
        assertThat(header.answer()).isEqualTo(alpha || bits > 8 ? ImageFormat.PNG : ImageFormat.JPEG);
        try (Photo photo = Pictures.decode(file)) {
            assertRamp(photo, 0, 0, WIDTH, HEIGHT);
            photo.alpha().ifPresent(mask -> assertThat(Pictures.samples(mask)[WIDTH - 1]).isBetween(245, 255));
        }
    }

    /** What it shows from (0, 0) on is the ramp from (x, y) on. */
    private static void assertRamp(Photo photo, int x, int y, int width, int height) {
        int channels = photo.pixels().channels();
        double scale = photo.pixels().bits() == 16 ? 257 : 1;
        int[] samples = Pictures.samples(photo.pixels());
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < channels; c++) {
                int at = (i / width * photo.pixels().width() + i % width) * channels + c;
                assertThat(samples[at] / scale).isBetween((double) ramp(x + i % width, y + i / width, c) - LOSSY, (double) ramp(x + i % width, y + i / width, c) + LOSSY);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ramp-8.heic", "ramp-8.avif"})
    void putsTilesTogether(String name) {
        var drawing = new HeifDrawing(name.endsWith("avif") ? "avif" : "heic");
        int one = drawing.coded(name);
        int two = drawing.coded(name);
        drawing.grid(2, 1, 100, HEIGHT, new int[] {one, two});
        try (Photo photo = Pictures.decode(drawing.file())) {
            assertThat(photo.pixels().width()).isEqualTo(100);
            assertRamp(photo, 0, 0, WIDTH, HEIGHT);
            int[] samples = Pictures.samples(photo.pixels());
            assertThat(samples[3 * (WIDTH + 30)]).isBetween(ramp(30, 0, 0) - LOSSY, ramp(30, 0, 0) + LOSSY);
        }
    }

    @Test
    void cutsThenTurnsThenMirrors() {
        var drawing = new HeifDrawing("heic");
        drawing.coded("ramp-8.heic", HeifDrawing.cut(10, 20, 30, 16, WIDTH, CODED_HEIGHT), HeifDrawing.turned(1), HeifDrawing.mirrored(0));
        var header = Pictures.probe(drawing.file());
        assertThat(List.of(header.width(), header.height())).isEqualTo(List.of(16, 30));
        try (Photo photo = Pictures.decode(drawing.file())) {
            int[] samples = Pictures.samples(photo.pixels());
            // Against the clock, the upper right corner comes to the upper left; mirrored, to the upper right.
            assertThat(samples[3 * 15]).isBetween(ramp(39, 20, 0) - LOSSY, ramp(39, 20, 0) + LOSSY);
            assertThat(samples[1]).isBetween(ramp(39, 35, 1) - LOSSY, ramp(39, 35, 1) + LOSSY);
        }
    }

    @Test
    void keepsExifXmpAndProfileAndTurnsOnlyOnce() {
        var drawing = new HeifDrawing("heic");
        int picture = drawing.coded("ramp-8.heic", HeifDrawing.cut(0, 0, WIDTH, HEIGHT, WIDTH, CODED_HEIGHT),
                HeifDrawing.box("colr", latin1("prof"), Profiles.displayP3()));
        int exif = drawing.item("Exif", "", Drawing.all(new byte[4], StrangeJpegs.exif(6)), List.of());
        int xmp = drawing.item("mime", "application/rdf+xml", latin1(Drawing.xmp("xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:Rating=\"4\"")), List.of());
        int thumbnail = drawing.coded("gray-8.heic");
        byte[] file = drawing.refer("cdsc", exif, picture).refer("cdsc", xmp, picture).refer("thmb", thumbnail, picture).file();
        var outcome = Strange.Outcome.of(file, ImageFormat.JPEG, MetadataPolicy.KEEP);
        outcome.changed("").contains("Artist", "xmp:Rating", "Exif\0\0").profile(true);
        try (Photo photo = Pictures.decode(file)) {
            assertThat(photo.pixels().width()).isEqualTo(WIDTH);
            assertThat(photo.metadata().icc()).hasValue(Profiles.displayP3());
        }
        try (Photo answer = Pictures.decode(outcome.answer().orElseThrow().bytes())) {
            assertThat(answer.pixels().width()).isEqualTo(WIDTH);
        }
    }

    @Test
    void namesOtherPicturesInTheFile() {
        var drawing = new HeifDrawing("heic");
        int picture = drawing.coded("ramp-8.heic");
        int gainMap = drawing.coded("gray-8.heic", HeifDrawing.box("auxC", latin1("\0\0\0\0urn:com:apple:photo:2020:aux:hdrgainmap\0")));
        byte[] file = drawing.refer("auxl", gainMap, picture).file();
        Strange.Outcome.of(file, ImageFormat.JPEG, MetadataPolicy.KEEP).changed("images");
    }

    @Test
    void takesAProfileFromNumbersAndRefusesHighRange() {
        var p3 = new HeifDrawing("heic");
        p3.coded("ramp-8.heic", HeifDrawing.colours(12, 13));
        Strange.Outcome.of(p3.file(), ImageFormat.JPEG, MetadataPolicy.KEEP).changed("").profile(true);
        var hlg = new HeifDrawing("heic");
        hlg.coded("ramp-10.heic", HeifDrawing.colours(9, 18));
        assertThatThrownBy(() -> Pictures.probe(hlg.file())).isInstanceOf(UnsupportedImageException.class).hasMessageContaining("HLG");
    }

    @Test
    void takesThePictureOfAThumbnailThatIsNamedFirst() {
        var drawing = new HeifDrawing("heic");
        int small = drawing.coded("gray-8.heic");
        int picture = drawing.coded("ramp-8.heic");
        drawing.primary(small);
        assertThat(Pictures.probe(drawing.refer("thmb", small, picture).file()).channels()).isEqualTo(3);
    }

    @Test
    void refusesWhatItWouldReadWrongly() {
        var overlay = new HeifDrawing("heic");
        int below = overlay.coded("ramp-8.heic");
        int whole = overlay.item("iovl", "", new byte[24], List.of(HeifDrawing.size(WIDTH, HEIGHT)));
        overlay.primary(whole);
        assertThatThrownBy(() -> Pictures.probe(overlay.refer("dimg", whole, below).file())).isInstanceOf(UnsupportedImageException.class);
        var itself = new HeifDrawing("heic");
        itself.grid(1, 1, 10, 10, new int[] {1});
        assertThatThrownBy(() -> Pictures.probe(itself.file())).isInstanceOf(UnsupportedImageException.class);
        var missing = new HeifDrawing("heic");
        missing.grid(2, 1, 100, HEIGHT, new int[] {missing.coded("ramp-8.heic")});
        assertThatThrownBy(() -> Pictures.probe(missing.file())).isInstanceOf(DamagedImageException.class);
        var smaller = new HeifDrawing("heic");
        smaller.coded("ramp-8.heic", HeifDrawing.cut(0, 0, 500, 500, WIDTH, CODED_HEIGHT));
        assertThatThrownBy(() -> Pictures.probe(smaller.file())).isInstanceOf(DamagedImageException.class);
    }

    @Test
    void knowsTheSizeBeforeItDecodes() {
        var drawing = new HeifDrawing("heic");
        int[] parts = new int[128];
        Arrays.fill(parts, drawing.coded("ramp-8.heic"));
        drawing.grid(128, 1, 128 * WIDTH, 64, parts);
        var limits = new ImageLimits(5000, 5000, 1);
        assertThatThrownBy(() -> new ImageDecoder(limits).decode(ByteBuffer.wrap(drawing.file()))).isInstanceOf(ImageTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ramp-8.heic", "rgba-8.avif", "ramp-10.heic", "grid"})
    void refusesDamageByATypedFailure(String name) {
        byte[] sound = name.equals("grid") ? grid() : HeifDrawing.sample(name);
        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            onlyTypedFailures(() -> Pictures.probe(cut));
        }
        var random = new Random(5);
        var decoder = new ImageDecoder(new ImageLimits(2000, 2000, 1));
        for (int run = 0; run < 300; run++) {
            byte[] file = sound.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
            onlyTypedFailures(() -> decoder.decode(ByteBuffer.wrap(file)).close());
        }
    }

    static byte[] grid() {
        var drawing = new HeifDrawing("heic");
        int one = drawing.coded("ramp-8.heic");
        drawing.grid(2, 1, 100, HEIGHT, new int[] {one, drawing.coded("ramp-8.heic")}, HeifDrawing.turned(3));
        return drawing.file();
    }

    private static void onlyTypedFailures(Runnable reading) {
        try {
            reading.run();
        } catch (ImageException expected) {
            assertThat(expected.getMessage()).doesNotContain("/");
        } catch (RuntimeException other) {
            fail("an untyped failure", other);
        }
    }
}
