package dev.darkroom.image;

import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;

import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.file.ImageFormat;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of storing a picture that is read, written by another encoder or by an option of the codecs. */
class FormatsTest {
    private static final int WIDTH = 150;
    private static final int HEIGHT = 70;

    /** Each sampling of chroma by its factors: 4:4:4, 4:2:2, 4:4:0, 4:2:0, 4:1:1. */
    @ParameterizedTest
    @CsvSource({"0x111111, false", "0x211111, false", "0x121111, false", "0x221111, false", "0x411111, false", "0x221111, true", "0x111111, true"})
    void readsEverySamplingOfChroma(String factors, boolean progressive) {
        byte[] file = openCv(3, ImageFormat.JPEG, IMWRITE_JPEG_SAMPLING_FACTOR, Integer.decode(factors), IMWRITE_JPEG_PROGRESSIVE, progressive ? 1 : 0);
        assertReads(file, 3, 24);
    }

    @Test
    void readsGrayJpegsAndRestartMarkers() {
        assertReads(openCv(1, ImageFormat.JPEG, IMWRITE_JPEG_PROGRESSIVE, 1), 1, 8);
        assertReads(openCv(3, ImageFormat.JPEG, IMWRITE_JPEG_RST_INTERVAL, 4), 3, 24);
    }

    @ParameterizedTest
    @CsvSource({"101, 0", "90, 24"})
    void readsLosslessAndLossyWebps(int quality, int tolerance) {
        assertReads(openCv(3, ImageFormat.WEBP, IMWRITE_WEBP_QUALITY, quality), 3, tolerance);
    }

    @ParameterizedTest
    @CsvSource({"LZW, false", "LZW, true", "Deflate, false", "ZLib, false", "ZLib, true", "PackBits, false", ", false", ", true"})
    void readsTiffsOfStripsAndTiles(String compression, boolean tiled) {
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
            var image = drawn(type);
            assertSame(image, jdk(image, "tiff", parameters -> {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType(compression == null ? null : compression);
                if (tiled) {
                    parameters.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
                    parameters.setTiling(64, 32, 0, 0);
                }
            }));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void readsInterlacedPngs(int type) {
        var image = drawn(type);
        byte[] file = jdk(image, "png", parameters -> parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
        assertThat(file[28]).describedAs("Adam7").isEqualTo((byte) 1);
        assertSame(image, file);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void readsPalettesOfEveryDepth(int bits) {
        byte[] levels = new byte[1 << bits];
        IntStream.range(0, levels.length).forEach(i -> levels[i] = (byte) (i * 255 / (levels.length - 1)));
        byte[] reversed = new byte[levels.length];
        IntStream.range(0, levels.length).forEach(i -> reversed[i] = levels[levels.length - 1 - i]);
        var model = new IndexColorModel(bits, levels.length, levels, reversed, levels);
        var image = new BufferedImage(WIDTH, HEIGHT, bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY, model);
        IntStream.range(0, WIDTH * HEIGHT).forEach(i -> image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, i * 7 % levels.length));
        for (String format : bits == 2 ? new String[] {"png"} : new String[] {"png", "bmp", "gif"}) {
            assertSame(image, jdk(image, format, parameters -> {}));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_USHORT_565_RGB})
    void readsBmps(int type) {
        var image = drawn(type);
        byte[] file = jdk(image, "bmp", parameters -> {});
        assertThat(Pictures.probe(file).channels()).isEqualTo(type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 3);
        assertSame(image, file);
    }

    @Test
    void readsBmpsOfRuns() {
        var image = drawn(BufferedImage.TYPE_BYTE_GRAY);
        assertSame(image, jdk(image, "bmp", parameters -> {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType("BI_RLE8");
        }));
    }

    private static byte[] openCv(int channels, ImageFormat format, int... parameters) {
        try (var raster = Pictures.smooth(WIDTH, HEIGHT, channels, 8, 1)) {
            return raster.lend(mat -> {
                try (var file = OpenCv.encode(mat, format, parameters)) {
                    byte[] bytes = new byte[(int) file.limit()];
                    file.get(bytes);
                    return bytes;
                }
            });
        }
    }

    private static void assertReads(byte[] file, int channels, int tolerance) {
        try (var photo = Pictures.decode(file); var drawn = Pictures.smooth(WIDTH, HEIGHT, channels, 8, 1)) {
            int[] expected = samples(drawn);
            int[] actual = samples(photo.pixels());
            assertThat(actual).hasSameSizeAs(expected);
            assertThat(IntStream.range(0, actual.length).map(i -> Math.abs(actual[i] - expected[i])).max().orElseThrow())
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    private static BufferedImage drawn(int type) {
        var image = new BufferedImage(WIDTH, HEIGHT, type);
        var raster = image.getRaster();
        for (int i = 0; i < WIDTH * HEIGHT * raster.getNumBands(); i++) {
            int pixel = i / raster.getNumBands();
            int levels = 1 << raster.getSampleModel().getSampleSize(i % raster.getNumBands());
            raster.setSample(pixel % WIDTH, pixel / WIDTH, i % raster.getNumBands(), (pixel / 9 * 41 + i % 3 * 1000) % levels);
        }
        return image;
    }

    private static void assertSame(BufferedImage image, byte[] file) {
        try (var photo = Pictures.decode(file)) {
            int channels = photo.pixels().channels();
            int[] actual = samples(photo.pixels());
            for (int i = 0; i < actual.length; i++) {
                int x = i / channels % WIDTH;
                int y = i / channels / WIDTH;
                int expected = channels == 1 && image.getColorModel() instanceof java.awt.image.ComponentColorModel
                        ? image.getRaster().getSample(x, y, 0)
                        : image.getRGB(x, y) >> 16 - 8 * (i % channels) & 0xff;
                assertThat(actual[i]).isEqualTo(expected);
            }
        }
    }

    private static byte[] jdk(BufferedImage image, String format, Consumer<ImageWriteParam> settings) {
        return Jdk.file(new IIOImage(image, null, null), format, settings);
    }
}
