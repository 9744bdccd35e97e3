package dev.darkroom.image.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Orientation;
import dev.darkroom.image.file.UnsupportedImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DNGs as cameras and converters write them, drawn here, and real ones where they lie beside the checkout. */
class RawFileTest {
    private static final Path CASES = Path.of("../shared/cases/raw");

    /** The sums are those of what LibRaw 0.20.2's unprocessed_raw gives for the part that is shown, two bytes a sample, little-endian. */
    @ParameterizedTest
    @CsvSource({"colorchart.dng, 1734, 1156, b52a6232", "p12.dng, 1200, 800, b86282c2", "lj1.dng, 1200, 800, b86282c2", "lj2.dng, 1200, 800, b86282c2"})
    void givesTheSamplesThatLibRawGives(String name, int width, int height, String crc) throws IOException {
        Path file = CASES.resolve(name);
        assumeTrue(Files.exists(file));
        try (Raster stored = RawFile.of(ByteBuffer.wrap(Files.readAllBytes(file))).stored()) {
            assertThat(stored.width()).isEqualTo(width);
            assertThat(stored.height()).isEqualTo(height);
            var sum = new CRC32();
            ByteBuffer bytes = ByteBuffer.allocate(2 * width * height).order(ByteOrder.LITTLE_ENDIAN);
            for (int sample : Pictures.samples(stored)) {
                bytes.putShort((short) sample);
            }
            sum.update(bytes.flip());
            assertThat(Long.toHexString(sum.getValue())).isEqualTo(crc);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15, 16})
    void readsPackedSamplesOfEveryDepth(int bits) {
        int[] samples = noise(37 * 23, bits);
        assertStored(samples, new Dng(37, 23, 1, bits, samples));
        assertStored(samples, new Dng(37, 23, 1, bits, samples).strips(7));
        assertStored(samples, new Dng(37, 23, 1, bits, samples).tiles(16, 16));
        assertStored(samples, new Dng(37, 23, 1, bits, samples).bigEndian().flat());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 3", "1, 4", "1, 5", "1, 6", "1, 7", "2, 1", "2, 6", "2, 7", "4, 1", "4, 4", "3, 5"})
    void readsLosslessJpegOfEveryPredictor(int components, int predictor) {
        for (int bits : new int[] {8, 12, 14, 16}) {
            int[] samples = noise(48 * 20, bits);
            var jpeg = LosslessJpegWriter.of(components, predictor, bits);
            assertStored(samples, new Dng(48, 20, 1, bits, samples).coded(SamplesWriter.losslessJpeg(jpeg)));
            assertStored(samples, new Dng(48, 20, 1, bits, samples).coded(SamplesWriter.losslessJpeg(jpeg.restarting(3))).strips(10));
            assertStored(samples, new Dng(48, 20, 1, bits, samples).coded(SamplesWriter.losslessJpeg(jpeg.withLongCodes())).tiles(24, 16));
        }
    }

    @Test
    void readsLosslessJpegAsBefore11() {
        int[] samples = new int[40 * 10];
        Arrays.setAll(samples, i -> i % 3 == 0 ? 0 : 32_768);
        var jpeg = LosslessJpegWriter.of(1, 1, 16).asBefore11();
        assertStored(samples, new Dng(40, 10, 1, 16, samples).coded(SamplesWriter.losslessJpeg(jpeg)).first(50706, Dng.BYTE, 1, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"8, 0", "8, 1", "16, 0", "16, 1", "16, 2", "16, 4"})
    void readsDeflatedSamplesAndTheirDifferences(int bits, int distance) {
        int[] samples = noise(40 * 20, bits);
        assertStored(samples, new Dng(40, 20, 1, bits, samples).coded(SamplesWriter.deflated(distance)).tiles(16, 16));
        int[] colours = noise(3 * 40 * 20, bits);
        assertStored(colours, new Dng(40, 20, 3, bits, colours).coded(SamplesWriter.deflated(distance)).strips(6).bigEndian());
    }

    @Test
    void cutsOutWhatIsToBeShownAndFindsItsPattern() {
        int[] samples = noise(30 * 20, 12);
        var dng = new Dng(30, 20, 1, 12, samples).cfa(1, 0, 2, 1).with(50829, Dng.LONG, 3, 2, 20, 29).with(50719, Dng.LONG, 4, 5).with(50720, Dng.LONG, 20, 11);
        RawFile file = read(dng);
        assertThat(file.header().width()).isEqualTo(20);
        assertThat(file.header().height()).isEqualTo(11);
        assertThat(file.pattern()).contains(BayerPattern.BGGR);
        int[] expected = new int[20 * 11];
        Arrays.setAll(expected, i -> samples[(8 + i / 20) * 30 + 6 + i % 20]);
        assertStored(expected, dng);
    }

    @ParameterizedTest
    @CsvSource({"0 1 1 2, RGGB", "2 1 1 0, BGGR", "1 0 2 1, GRBG", "1 2 0 1, GBRG"})
    void knowsTheFourPatterns(String colours, BayerPattern pattern) {
        double[] cfa = Arrays.stream(colours.split(" ")).mapToDouble(Double::parseDouble).toArray();
        assertThat(read(new Dng(8, 8, 1, 8, new int[64]).cfa(cfa)).pattern()).contains(pattern);
    }

    @Test
    void takesBlackOffWhereItRepeatsAndVaries() {
        int[] samples = noise(12 * 10, 12);
        Arrays.setAll(samples, i -> 200 + samples[i] % 3000);
        double[] columns = new double[10];
        double[] rows = new double[8];
        Arrays.setAll(columns, i -> i * 0.5);
        Arrays.setAll(rows, i -> -i * 0.25);
        var dng = new Dng(12, 10, 1, 12, samples).with(50829, Dng.LONG, 2, 2, 10, 12).with(50713, Dng.SHORT, 2, 2).with(50714, Dng.RATIONAL, 100, 110, 120, 130.5)
                .with(50715, Dng.SRATIONAL, columns).with(50716, Dng.SRATIONAL, rows).with(50717, Dng.SHORT, 3500);
        double scale = (RawFile.WHITE - RawFile.BLACK) / (3500 - (130.5 + 4.5 + 0));
        int[] light = light(dng);
        double[] black = {100, 110, 120, 130.5};
        for (int i = 0; i < light.length; i++) {
            int x = i % 10;
            int y = i / 10;
            double sample = samples[(y + 2) * 12 + x + 2] - black[y % 2 * 2 + x % 2] - columns[x] - rows[y];
            assertThat((double) light[i]).isBetween(RawFile.BLACK + sample * scale - 0.51, RawFile.BLACK + sample * scale + 0.51);
        }
    }

    @Test
    void readsSamplesThroughTheCamerasTable() {
        int[] samples = noise(8 * 8, 8);
        double[] table = new double[200];
        Arrays.setAll(table, i -> i * i);
        var dng = new Dng(8, 8, 1, 8, samples).with(50712, Dng.SHORT, table).with(50717, Dng.LONG, 199 * 199);
        int[] light = light(dng);
        for (int i = 0; i < 64; i++) {
            int linear = (int) table[Math.min(samples[i], 199)];
            assertThat((double) light[i]).isBetween(RawFile.BLACK + 61439.0 * linear / (199 * 199) - 0.51, RawFile.BLACK + 61439.0 * linear / (199 * 199) + 0.51);
        }
    }

    @Test
    void keepsNoiseBelowBlackAndNothingAboveWhite() {
        int[] light = light(new Dng(2, 2, 1, 12, new int[] {200, 256, 4000, 4095}).levels(256, 4000));
        assertThat(light[0]).isEqualTo(RawFile.BLACK - Math.round(56 * 61439 / 3744f));
        assertThat(light[1]).isEqualTo(RawFile.BLACK);
        assertThat(light[2]).isEqualTo(RawFile.WHITE);
        assertThat(light[3]).isEqualTo(RawFile.WHITE);
    }

    @Test
    void turnsThePictureUpright() {
        var dng = new Dng(3, 2, 1, 8, new int[] {0, 1, 2, 3, 4, 5}).first(274, Dng.SHORT, 6);
        assertThat(read(dng).header().orientation()).isEqualTo(Orientation.ROTATE_90_CLOCKWISE);
        try (Raster upright = read(dng).decode()) {
            assertThat(upright.width()).isEqualTo(2);
            assertThat(Arrays.stream(Pictures.samples(upright)).map(light -> Math.round((light - RawFile.BLACK) / (61439 / 255f))).toArray())
                    .containsExactly(3, 0, 4, 1, 5, 2);
        }
    }

    @Test
    void readsNoiseAndExposure() {
        RawFile file = read(new Dng(4, 4, 1, 8, new int[16]).first(51041, Dng.DOUBLE, 0.01, 0.0004, 0.02, 0.0005, 0.03, 0.0006).first(50730, Dng.SRATIONAL, -0.5));
        assertThat(file.noise().orElseThrow().deviation(1, 0.5)).isEqualTo(Math.sqrt(0.02 * 0.5 + 0.0005));
        assertThat(file.exposure()).isEqualTo(-0.5);
    }

    @ParameterizedTest
    @CsvSource({"34892, lossy JPEG", "52546, JPEG XL", "5, compression 5"})
    void refusesOtherCodingsByName(int compression, String name) {
        var dng = new Dng(4, 4, 1, 8, new int[16]).coded(SamplesWriter.of(compression, java.util.OptionalInt.empty(), (samples, width, planes, bits, order) -> new byte[16]));
        assertRefused(dng, name);
    }

    @Test
    void refusesALossyJpegThatClaimsToBeLossless() {
        byte[] lossy = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xc0, 0, 11, 8, 0, 4, 0, 4, 1, 1, 0x11, 0};
        var dng = new Dng(4, 4, 1, 8, new int[16]).coded(SamplesWriter.of(7, java.util.OptionalInt.empty(), (samples, width, planes, bits, order) -> lossy));
        assertRefused(dng, "lossy JPEG");
    }

    @Test
    void refusesXTransAndOtherPatternsByName() {
        assertRefused(new Dng(6, 6, 1, 8, new int[36]).with(33421, Dng.SHORT, 6, 6).cfa(new double[36]), "X-Trans");
        assertRefused(new Dng(6, 6, 1, 8, new int[36]).with(33421, Dng.SHORT, 4, 2).cfa(new double[8]), "Bayer");
        assertRefused(new Dng(6, 6, 1, 8, new int[36]).cfa(0, 0, 2, 2), "Bayer");
        assertRefused(new Dng(6, 6, 1, 8, new int[36]).with(50710, Dng.BYTE, 0, 1, 2, 3), "Bayer");
    }

    @Test
    void refusesWhatItCannotShow() {
        assertRefused(new Dng(4, 4, 1, 16, new int[16]).with(339, Dng.SHORT, 3), "floating-point");
        assertRefused(new Dng(4, 4, 1, 8, new int[16]).with(50718, Dng.RATIONAL, 2, 1), "not square");
        assertRefused(new Dng(4, 4, 1, 8, new int[16]).without(50721), "ColorMatrix1");
        assertRefused(new Dng(4, 4, 1, 8, new int[16]).with(262, Dng.SHORT, 2), "only previews");
        assertRefused(new Dng(4, 4, 1, 8, new int[16]).first(50721, Dng.SRATIONAL, new double[12]), "four colours");
    }

    @Test
    void refusesLevelsAndCropsThatMakeNoSense() {
        assertDamaged(new Dng(4, 4, 1, 8, new int[16]).levels(200, 200));
        assertDamaged(new Dng(4, 4, 1, 8, new int[16]).with(50714, Dng.SHORT, 1, 2, 3));
        assertDamaged(new Dng(4, 4, 1, 8, new int[16]).with(50829, Dng.LONG, 0, 0, 5, 4));
        assertDamaged(new Dng(4, 4, 1, 8, new int[16]).with(50719, Dng.LONG, 1, 1).with(50720, Dng.LONG, 4, 4));
        assertDamaged(new Dng(4, 4, 1, 8, new int[16]).first(50728, Dng.RATIONAL, 0, 1, 1));
        assertDamaged(new Dng(4, 4, 1, 8, new int[16]).with(256, Dng.LONG, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8})
    void refusesAFileThatIsCutShort(int compression) {
        int[] samples = noise(64 * 64, 16);
        SamplesWriter writer = compression == 1 ? SamplesWriter.packed() : compression == 8 ? SamplesWriter.deflated(1)
                : SamplesWriter.losslessJpeg(LosslessJpegWriter.of(1, 1, 16));
        byte[] whole = new Dng(64, 64, 1, 16, samples).coded(writer).file();
        byte[] cut = Arrays.copyOf(whole, whole.length - 100);
        assertThatThrownBy(() -> RawFile.of(ByteBuffer.wrap(cut)).stored().close()).isInstanceOf(DamagedImageException.class);
    }

    /** A small crop of a large sensor takes the large one's time. */
    @Test
    void countsTheWholeSensorAgainstTheLimits() {
        byte[] file = new Dng(200, 100, 1, 8, new int[20_000]).with(50719, Dng.LONG, 0, 0).with(50720, Dng.LONG, 10, 10).file();
        assertThat(RawFile.of(ByteBuffer.wrap(file), new ImageLimits(200, 100, 0.02)).header().width()).isEqualTo(10);
        assertThatThrownBy(() -> RawFile.of(ByteBuffer.wrap(file), new ImageLimits(200, 100, 0.01))).isInstanceOf(ImageTooLargeException.class);
        assertThatThrownBy(() -> RawFile.of(ByteBuffer.wrap(file), new ImageLimits(199, 100, 1))).isInstanceOf(ImageTooLargeException.class);
    }

    @Test
    void refusesAJpegWhoseLinesAreLongerThanItsTile() {
        var wide = SamplesWriter.of(7, java.util.OptionalInt.empty(), (samples, width, planes, bits, order) -> LosslessJpegWriter.of(1, 1, 8).write(new int[400], 400));
        assertDamaged(new Dng(16, 16, 1, 8, new int[256]).coded(wide).tiles(16, 16));
    }

    private static int[] noise(int count, int bits) {
        var random = new Random(bits);
        return random.ints(count, 0, 1 << bits).toArray();
    }

    private static RawFile read(Dng dng) {
        return RawFile.of(ByteBuffer.wrap(dng.file()));
    }

    private static int[] light(Dng dng) {
        try (Raster light = read(dng).decode()) {
            return Pictures.samples(light);
        }
    }

    private static void assertStored(int[] expected, Dng dng) {
        try (Raster stored = read(dng).stored()) {
            assertThat(Pictures.samples(stored)).containsExactly(expected);
        }
    }

    private static void assertRefused(Dng dng, String name) {
        assertThatThrownBy(() -> read(dng)).isInstanceOf(UnsupportedImageException.class).hasMessageContaining(name);
    }

    private static void assertDamaged(Dng dng) {
        assertThatThrownBy(() -> read(dng)).isInstanceOf(DamagedImageException.class);
    }
}
