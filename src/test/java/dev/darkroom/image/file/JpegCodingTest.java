package dev.darkroom.image.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageProbe;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of another program than the service's own codec. */
class JpegCodingTest {
    private static final ImageLimits LIMITS = new ImageLimits(1000, 1000, 1);

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 25, 40, 50, 60, 75, 85, 90, 95, 98, 100})
    void readsTheQualityOutOfTheTables(int quality) throws IOException {
        assertThat(coding(file(quality, BufferedImage.TYPE_INT_RGB))).get().extracting(JpegCoding::quality).isEqualTo(quality);
    }

    /** The JDK writes the same tables as libjpeg, along diagonals: the order is that of T.81, figure 5. */
    @ParameterizedTest
    @ValueSource(ints = {10, 50, 90})
    void readsTheStepsOfEachFrequency(int quality) throws IOException {
        assertThat(coding(file(quality, BufferedImage.TYPE_INT_RGB))).get().extracting(JpegCoding::lumaSteps).isEqualTo(JpegCoding.lumaSteps(quality));
    }

    @Test
    void readsTheResolutionOfColour() throws IOException {
        assertThat(coding(file(80, BufferedImage.TYPE_INT_RGB))).get().extracting(JpegCoding::halved).isEqualTo(1.0);
        assertThat(coding(file(80, BufferedImage.TYPE_BYTE_GRAY))).get().extracting(JpegCoding::halved).isEqualTo(0.0);
        assertThat(coding(sampled(file(80, BufferedImage.TYPE_INT_RGB), 0x21))).get().extracting(JpegCoding::halved).isEqualTo(0.5);
        assertThat(coding(sampled(file(80, BufferedImage.TYPE_INT_RGB), 0x11))).get().extracting(JpegCoding::halved).isEqualTo(0.0);
    }

    @Test
    void knowsNothingOfAFileWhoseTableIsMissingOrCutShort() throws IOException {
        byte[] file = file(80, BufferedImage.TYPE_BYTE_GRAY);
        int table = indexOf(file, 0xdb);
        byte[] renamed = file.clone();
        renamed[table + 1] = (byte) 0xfe; // a comment
        byte[] other = file.clone();
        other[table + 4] = 3; // a table that no component uses

        assertThat(coding(renamed)).isEmpty();
        assertThat(coding(other)).isEmpty();
    }

    private static Optional<JpegCoding> coding(byte[] file) {
        return ImageProbe.probe(ByteBuffer.wrap(file), LIMITS).jpeg();
    }

    private static byte[] sampled(byte[] file, int factors) {
        byte[] changed = file.clone();
        changed[indexOf(file, 0xc0) + 11] = (byte) factors;
        return changed;
    }

    private static int indexOf(byte[] file, int marker) {
        for (int i = 0; i < file.length; i++) {
            if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == marker) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such segment");
    }

    private static byte[] file(int quality, int type) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality / 100f);
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(new BufferedImage(32, 24, type), null, null), parameters);
        }
        writer.dispose();
        return bytes.toByteArray();
    }
}
