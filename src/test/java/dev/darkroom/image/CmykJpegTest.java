package dev.darkroom.image;

import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four inks, as printing houses send them. */
class CmykJpegTest {
    private static final int SIDE = 16;
    private static final byte[] NO_ADOBE = {};

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0,       255, 255, 255", "255, 0, 0, 0,     0, 255, 255", "0, 255, 0, 0,     255, 0, 255",
        "0, 0, 255, 0,     255, 255, 0",   "0, 0, 0, 255,     0, 0, 0",     "51, 102, 153, 51, 163, 122, 82"})
    void showsInksWithoutAProfileAsIfTheyWerePerfect(int c, int m, int y, int k, int red, int green, int blue) {
        assertColour(jpeg(NO_ADOBE, 255 - c, 255 - m, 255 - y, 255 - k), red, green, blue, 3);
        assertColour(jpeg(adobe(0), 255 - c, 255 - m, 255 - y, 255 - k), red, green, blue, 3);
    }

    @Test
    void undoesAdobesYcck() {
        // Y, Cb and Cr are of what libjpeg takes from 255 to get the samples, which are inverted inks: cyan (0, 255, 255) for red.
        assertColour(jpeg(adobe(2), 179, 171, 0, 255), 255, 0, 0, 4);
        assertColour(jpeg(adobe(2), 0, 128, 128, 255), 255, 255, 255, 3);
    }

    /** What the profile's table says of the inks, in sRGB: their own arithmetic differs from that of perfect inks. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0,   255, 255, 255", "255, 0, 0, 0, 89, 255, 255", "0, 0, 0, 255, 108, 108, 108", "255, 255, 255, 255, 21, 21, 21"})
    void showsInksByTheirProfile(int c, int m, int y, int k, int red, int green, int blue) {
        byte[] plain = jpeg(adobe(0), 255 - c, 255 - m, 255 - y, 255 - k);
        byte[] file = withProfile(plain);
        assertColour(file, red, green, blue, 12);
    }

    @Test
    void saysThatTheInksAreGone() {
        for (byte[] file : new byte[][] {jpeg(NO_ADOBE, 1, 2, 3, 4), withProfile(jpeg(NO_ADOBE, 1, 2, 3, 4))}) {
            try (Photo photo = Pictures.decode(file)) {
                EncodedImage answer = new ImageEncoder().encode(photo, EncodeOptions.of(ImageFormat.JPEG));
                assertThat(answer.changed()).contains("cmyk");
                assertThat(answer.changed().contains("icc")).isEqualTo(file.length > 1000);
                assertThat(Pictures.probe(answer.bytes()).cmyk()).isFalse();
                try (Photo read = Pictures.decode(answer.bytes())) {
                    assertThat(read.metadata().icc()).isEmpty();
                }
            }
        }
    }

    @Test
    void countsTheInksAsMemory() {
        assertThat(Pictures.probe(jpeg(NO_ADOBE, 1, 2, 3, 4)).decodedBytes()).isEqualTo(SIDE * SIDE * 7);
    }

    private static void assertColour(byte[] file, int red, int green, int blue, int tolerance) {
        try (Photo photo = Pictures.decode(file)) {
            int[] colour = Arrays.copyOfRange(samples(photo.pixels()), 3 * 40, 3 * 41);
            assertThat(colour[0]).describedAs("red").isCloseTo(red, within(tolerance));
            assertThat(colour[1]).describedAs("green").isCloseTo(green, within(tolerance));
            assertThat(colour[2]).describedAs("blue").isCloseTo(blue, within(tolerance));
        }
    }

    private static byte[] withProfile(byte[] jpeg) {
        // Our own encoder begins with a JFIF segment, behind which the profile goes; this file needs one first.
        byte[] jfif = {(byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
        byte[] file = new String(jpeg, 6, 4, StandardCharsets.ISO_8859_1).equals("JFIF") ? jpeg : Pictures.insert(jpeg, 2, jfif);
        return ImageFile.of(ByteBuffer.wrap(file)).embedding(new Metadata(Optional.of(Profiles.cmyk()), Optional.empty()), ByteBuffer::allocate).array();
    }

    /** A flat picture of four channels as they are. */
    private static byte[] jpeg(byte[] adobe, int... samples) {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, null);
        for (int i = 0; i < SIDE * SIDE; i++) {
            raster.setPixel(i % SIDE, i / SIDE, samples);
        }
        byte[] jpeg = Jdk.file(new IIOImage(raster, null, null), "jpeg", best -> {
            best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            best.setCompressionQuality(1);
        });
        return Pictures.insert(jpeg, 2, adobe);
    }

    private static byte[] adobe(int transform) {
        return new byte[] {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    }
}
