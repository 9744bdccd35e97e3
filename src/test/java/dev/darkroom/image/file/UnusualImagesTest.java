package dev.darkroom.image.file;

import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.image.Jdk;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.container.ImageFile;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variants our own encoder does not write; the JDK makes them. */
class UnusualImagesTest {

    private static final int SIDE = 5;

    @Test
    void givesAPaletteItsColoursAndItsTransparency() {
        byte[] red = {10, (byte) 200, 30, 40};
        byte[] green = {1, 2, 3, 4};
        byte[] blue = {9, 8, 7, 6};
        byte[] alpha = {(byte) 255, 0, 100, (byte) 255};
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(2, 4, red, green, blue, alpha));
        image.getRaster().setSample(0, 0, 0, 2);
        image.getRaster().setSample(1, 0, 0, 1);
        byte[] file = file(image, "png");
        var header = Pictures.probe(file);
        assertThat(header.channels()).isEqualTo(3);
        assertThat(header.alpha()).isTrue();
        try (var photo = Pictures.decode(file)) {
            assertThat(samples(photo.pixels())).startsWith(30, 3, 7, 200, 2, 8, 10, 1, 9);
            assertThat(samples(photo.alpha().orElseThrow())).startsWith(100, 0, 255);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void givesAPaletteWithoutTransparencyItsColoursOnly(String format) {
        byte[] levels = {10, 20, 30, 40};
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 4, levels, levels, levels));
        image.getRaster().setSample(0, 0, 0, 3);
        try (var photo = Pictures.decode(file(image, format))) {
            assertThat(photo.pixels().channels()).isEqualTo(3);
            assertThat(photo.alpha()).isEmpty();
            assertThat(samples(photo.pixels())).startsWith(40, 40, 40, 10, 10, 10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void makesBlackAndWhiteGray(String format) {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY);
        image.setRGB(1, 0, -1);
        byte[] file = file(image, format);
        assertThat(Pictures.probe(file).bitsPerSample()).isEqualTo(1);
        try (var photo = Pictures.decode(file)) {
            assertThat(photo.pixels().channels()).isEqualTo(1);
            assertThat(samples(photo.pixels())).startsWith(0, 255, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
    void keepsGrayWithAlphaGray(int type) {
        keepsGrayWithAlphaGray(type, "png");
        keepsGrayWithAlphaGray(type, "tiff");
    }

    private static void keepsGrayWithAlphaGray(int type, String format) {
        var image = image(ColorSpace.CS_GRAY, type);
        image.getRaster().setPixel(0, 0, new int[] {77, 0});
        image.getRaster().setPixel(1, 0, new int[] {88, 99});
        try (var photo = Pictures.decode(file(image, format))) {
            assertThat(photo.pixels().channels()).isEqualTo(1);
            assertThat(samples(photo.pixels())).startsWith(77, 88);
            assertThat(samples(photo.alpha().orElseThrow())).startsWith(0, 99);
        }
    }

    @Test
    void makesAPngsTransparentColourAlpha() {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setPixel(1, 0, new int[] {50, 60, 70});
        byte[] transparent = {0, 50, 0, 60, 0, 70};
        byte[] file = Pictures.insert(file(image, "png"), 33, Pictures.pngChunk("tRNS", transparent));
        assertThat(Pictures.probe(file).alpha()).isTrue();
        try (var photo = Pictures.decode(file)) {
            assertThat(samples(photo.pixels())).startsWith(0, 0, 0, 50, 60, 70);
            assertThat(samples(photo.alpha().orElseThrow())).startsWith(255, 0, 255);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 50", "16, 1000"})
    void makesAGrayPngsTransparentLevelAlpha(int bits, int level) {
        var image = new BufferedImage(SIDE, SIDE, bits == 16 ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(1, 0, 0, level);
        byte[] file = Pictures.insert(file(image, "png"), 33, Pictures.pngChunk("tRNS", ByteBuffer.allocate(2).putShort((short) level).array()));
        int opaque = bits == 16 ? 65535 : 255;
        try (var photo = Pictures.decode(file)) {
            assertThat(photo.pixels().channels()).isEqualTo(1);
            assertThat(samples(photo.alpha().orElseThrow())).startsWith(opaque, 0, opaque);
            assertThat(samples(photo.pixels())).startsWith(0, level, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
    void keepsTheColourOfTransparentPixels(int type) {
        for (String format : new String[] {"png", "tiff"}) {
            var image = image(ColorSpace.CS_sRGB, type);
            image.getRaster().setPixel(0, 0, new int[] {100, 110, 120, 0});
            image.getRaster().setPixel(1, 0, new int[] {101, 111, 121, 128});
            try (var photo = Pictures.decode(file(image, format))) {
                assertThat(samples(photo.pixels())).startsWith(100, 110, 120, 101, 111, 121);
                assertThat(samples(photo.alpha().orElseThrow())).startsWith(0, 128);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
    void undoesATiffsPremultiplication(int type) {
        int white = type == DataBuffer.TYPE_BYTE ? 255 : 65535;
        var image = image(ColorSpace.CS_sRGB, type);
        image.getRaster().setPixel(0, 0, new int[] {white / 5, white / 10, white / 2, white / 2});
        byte[] premultiplied = file(image, "tiff");
        set(premultiplied, 338, 1);
        try (var photo = Pictures.decode(premultiplied)) {
            int[] colours = samples(photo.pixels());
            assertThat(colours[0]).isCloseTo(white * 2 / 5, within(1));
            assertThat(colours[1]).isCloseTo(white / 5, within(1));
            assertThat(colours[2]).isEqualTo(white);
            assertThat(samples(photo.alpha().orElseThrow())[0]).isEqualTo(white / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_BINARY})
    void turnsATiffWhoseZeroIsWhite(int type) {
        var image = new BufferedImage(SIDE, SIDE, type);
        image.getRaster().setSample(1, 0, 0, 1);
        byte[] file = file(image, "tiff");
        set(file, 262, 0);
        try (var photo = Pictures.decode(file)) {
            int white = type == BufferedImage.TYPE_USHORT_GRAY ? 65535 : 255;
            assertThat(samples(photo.pixels())).startsWith(white, type == BufferedImage.TYPE_BYTE_BINARY ? 0 : white - 1, white);
        }
    }

    @Test
    void refusesTiffsItWouldReadWrongly() {
        byte[] lab = file(image(ColorSpace.CS_sRGB, DataBuffer.TYPE_BYTE), "tiff");
        set(lab, 262, 8);
        refused(lab, "4 samples of 8 bits, Lab");
        byte[] sensor = file(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY), "tiff");
        set(sensor, 262, 32803);
        refused(sensor, "use demosaic");
    }

    @Test
    void refusesAnimations() {
        byte[] png = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.PNG);
        byte[] control = ByteBuffer.allocate(8).putInt(2).array();
        refused(Pictures.insert(png, 33, Pictures.pngChunk("acTL", control)), "animated");
        byte[] webp = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.WEBP);
        webp[20] |= 2;
        refused(webp, "animated");
    }

    @Test
    void refusesSeveralPages() {
        byte[] tiff = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.TIFF);
        var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
        fields.number(256, 8);
        int end = tiff.length;
        byte[] two = Pictures.join(tiff, fields.directoryAt(end));
        var bytes = ByteBuffer.wrap(two).order(ByteOrder.LITTLE_ENDIAN);
        int first = bytes.getInt(4);
        bytes.putInt(first + 2 + 12 * bytes.getShort(first), end);
        refused(two, "several pages");
        assertThat(Pictures.probe(page(two, 1)).width()).isEqualTo(8);
        assertThatThrownBy(() -> page(two, 3)).isInstanceOf(UnsupportedImageException.class).hasMessageContaining("2 pages");
    }

    @Test
    void refusesWhatIsNoImage() {
        refused(latin1("a picture, believe me"), "not an image of a format that is read");
        refused(new byte[0], "not an image of a format that is read");
    }

    @ParameterizedTest
    @CsvSource({"'\0\0\0\040ftypisom', MP4 video", "'\0\0\0\040ftypcrx ', demosaic", "'\0\0\0\040ftypwhat', HEIF", "8BPS, Photoshop", "%PDF-1.7, PDF"})
    void refusesOtherFormatsByName(String file, String name) {
        refused(latin1(file), name);
    }

    private static void refused(byte[] file, String reason) {
        assertThatThrownBy(() -> Pictures.probe(file))
                .isInstanceOf(UnsupportedImageException.class).hasMessageContaining(reason);
    }

    @Test
    void takesTheFirstFrameOfAnAnimatedGif() {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(1, 0, -1);
        byte[] one = file(image, "gif");
        int frame = indexOf(one, ",\0\0\0\0");
        byte[] again = java.util.Arrays.copyOfRange(one, frame, one.length - 1);
        byte[] two = Pictures.insert(one, one.length - 1, again);
        refused(two, "page=1");
        try (var photo = Pictures.decode(page(two, 1))) {
            assertThat(samples(photo.pixels())).startsWith(0, 0, 0, 255, 255, 255);
        }
        assertThatThrownBy(() -> page(two, 2)).isInstanceOf(UnsupportedImageException.class);
    }

    private static byte[] page(byte[] file, int number) {
        ByteBuffer page = ImageFile.of(ByteBuffer.wrap(file)).page(number, ByteBuffer::allocate);
        byte[] bytes = new byte[page.remaining()];
        page.get(bytes);
        return bytes;
    }

    private static BufferedImage image(int colourSpace, int type) {
        var model = new ComponentColorModel(ColorSpace.getInstance(colourSpace), true, false, Transparency.TRANSLUCENT, type);
        return new BufferedImage(model, model.createCompatibleWritableRaster(SIDE, SIDE), false, null);
    }

    private static byte[] file(BufferedImage image, String format) {
        return Jdk.file(image, format);
    }

    private static void set(byte[] tiff, int tag, int value) {
        var directory = TiffDirectory.first(new ByteReader(ByteBuffer.wrap(tiff)));
        ByteBuffer.wrap(tiff).order(directory.tiff().order())
                .putShort((int) directory.fields().get(tag).valueAt(), (short) value);
    }

    private static int indexOf(byte[] file, String latin1) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(latin1);
    }
}
