package dev.darkroom.image;

import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variants our own encoder does not write; the JDK makes them. */
class UnusualImagesTest {

    private static final int SIDE = 5;

    @Test
    void givesAPaletteItsColoursAndItsTransparency() throws IOException {
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
    void givesAPaletteWithoutTransparencyItsColoursOnly(String format) throws IOException {
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
    void makesBlackAndWhiteGray(String format) throws IOException {
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
    void keepsGrayWithAlphaGray(int type) throws IOException {
        var image = image(ColorSpace.CS_GRAY, type);
        image.getRaster().setPixel(0, 0, new int[] {77, 0});
        image.getRaster().setPixel(1, 0, new int[] {88, 99});
        try (var photo = Pictures.decode(file(image, "png"))) {
            assertThat(photo.pixels().channels()).isEqualTo(1);
            assertThat(samples(photo.pixels())).startsWith(77, 88);
            assertThat(samples(photo.alpha().orElseThrow())).startsWith(0, 99);
        }
    }

    @Test
    void makesAPngsTransparentColourAlpha() throws IOException {
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

    @Test
    void refusesGrayPngsWithATransparentLevel() throws IOException {
        byte[] png = file(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY), "png");
        refused(Pictures.insert(png, 33, Pictures.pngChunk("tRNS", new byte[] {0, 50})), "transparent level");
    }

    @ParameterizedTest
    @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
    void keepsTheColourOfTransparentPixels(int type) throws IOException {
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

    @Test
    void refusesTiffsItWouldReadWrongly() throws IOException {
        refused(file(image(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE), "tiff"), "this kind of TIFF");
        byte[] premultiplied = file(image(ColorSpace.CS_sRGB, DataBuffer.TYPE_BYTE), "tiff");
        set(premultiplied, 338, 1);
        refused(premultiplied, "premultiplied");
        byte[] cmyk = file(image(ColorSpace.CS_sRGB, DataBuffer.TYPE_BYTE), "tiff");
        set(cmyk, 262, 5);
        refused(cmyk, "this kind of TIFF");
    }

    @Test
    void refusesCmykJpegs() {
        byte[] file = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.JPEG);
        file[indexOf(file, "\u00ff\u00c0") + 9] = 4;
        refused(file, "CMYK");
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
    }

    @Test
    void refusesWhatIsNoImage() {
        refused(latin1("GIF89a and so on"), "not a PNG, JPEG, WebP or TIFF");
        refused(new byte[0], "not a PNG, JPEG, WebP or TIFF");
    }

    private static void refused(byte[] file, String reason) {
        assertThatThrownBy(() -> Pictures.probe(file))
                .isInstanceOf(UnsupportedImageException.class).hasMessageContaining(reason);
    }

    private static BufferedImage image(int colourSpace, int type) {
        var model = new ComponentColorModel(ColorSpace.getInstance(colourSpace), true, false, Transparency.TRANSLUCENT, type);
        return new BufferedImage(model, model.createCompatibleWritableRaster(SIDE, SIDE), false, null);
    }

    private static byte[] file(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
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
