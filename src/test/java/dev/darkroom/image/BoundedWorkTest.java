package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.UnsupportedImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file costs is bounded by what is read of it before it is decoded, not by its pixels alone. */
class BoundedWorkTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void refusesAProgressiveJpegOfTwoThousandScansAtOnce() throws IOException {
        byte[] file = withScans(progressive(512, 512), 2000);
        assertThat(file.length).isLessThan(1 << 20);

        long began = System.nanoTime();
        assertThatThrownBy(() -> Pictures.decode(file)).isInstanceOf(UnsupportedImageException.class).hasMessageContaining("64 scans");
        assertThat(System.nanoTime() - began).isLessThan(SECOND);
    }

    @Test
    void readsAProgressiveJpegAsProgramsWriteIt() throws IOException {
        byte[] file = progressive(512, 512);
        assertThat(scans(file)).isBetween(5, 20);

        try (Photo photo = Pictures.decode(file); Photo more = Pictures.decode(withScans(file, 3))) {
            assertThat(photo.pixels().width()).isEqualTo(512);
            assertThat(more.pixels().width()).describedAs("a few more are bearable").isEqualTo(512);
        }
    }

    /** What is skipped between segments must not lead the count astray. */
    @Test
    void countsScansBehindFilledRoom() throws IOException {
        byte[] file = withScans(progressive(64, 64), 2000);
        byte[] filled = new byte[1000];
        Arrays.fill(filled, (byte) 0xff);
        assertThatThrownBy(() -> Pictures.decode(Pictures.insert(file, 2, filled))).isInstanceOf(UnsupportedImageException.class);
    }

    @Test
    void refusesFilesWhosePiecesDoNotEnd() {
        byte[] jpeg = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.JPEG);
        byte[] png = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.PNG);
        byte[] webp = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.WEBP);
        refusesSoon(Pictures.insert(jpeg, 2, repeated(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 2}, 1_000_000)));
        refusesSoon(Pictures.insert(png, 33, repeated(Pictures.pngChunk("tEXt", new byte[0]), 500_000)));
        byte[] chunks = repeated("aaaa\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1), 500_000);
        byte[] long1 = Pictures.insert(webp, 12, chunks);
        ByteBuffer.wrap(long1).order(ByteOrder.LITTLE_ENDIAN).putInt(4, long1.length - 8);
        refusesSoon(long1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15})
    void refusesATiffOfTinyTiles(int side) {
        assertThatThrownBy(() -> Pictures.probe(tiled(4000, 4000, side, side))).isInstanceOf(UnsupportedImageException.class);
    }

    @Test
    void refusesATiffWhoseTilesCoverMuchMoreThanItsPicture() {
        assertThatThrownBy(() -> Pictures.probe(tiled(1, 19_000, 4096, 16))).isInstanceOf(UnsupportedImageException.class);
        assertThat(Pictures.probe(tiled(4000, 4000, 256, 256)).width()).isEqualTo(4000);
        assertThat(Pictures.probe(tiled(100, 100, 4096, 4096)).width()).isEqualTo(100);
    }

    /** Without a collection of the Java heap in between: native memory is given back by those who have it. */
    @Test
    void givesTheMemoryOfAGrayPictureWithATransparentLevelBack() throws Exception {
        byte[] png = Pictures.encode(new Photo(Pictures.smooth(2000, 1500, 1, 8, 1), java.util.Optional.empty(), dev.darkroom.image.file.Metadata.NONE), ImageFormat.PNG);
        byte[] file = Pictures.insert(png, 33, Pictures.pngChunk("tRNS", new byte[] {0, 100}));
        for (int i = 0; i < 5; i++) {
            Pictures.decode(file).close();
        }
        NativeMemory.trim();
        long before = residentBytes();
        for (int i = 0; i < 40; i++) {
            Pictures.decode(file).close(); // 6 MB of planes each, and what they are made from
        }
        NativeMemory.trim();

        assertThat(residentBytes() - before).isLessThan(100L << 20);
    }

    private static void refusesSoon(byte[] file) {
        long began = System.nanoTime();
        assertThatThrownBy(() -> Pictures.decode(file)).isInstanceOf(DamagedImageException.class).hasMessageContaining("do not end");
        assertThat(System.nanoTime() - began).isLessThan(2 * SECOND);
    }

    private static byte[] progressive(int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0x10101 * (x * 200 / width) + y * 50 / height);
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    /** The last scan so many times more, emptied: a marker, its header and the end of all blocks. */
    private static byte[] withScans(byte[] file, int more) {
        int last = last(file, 0xda);
        int length = ((file[last + 2] & 0xff) << 8 | file[last + 3] & 0xff) + 2;
        byte[] scan = Arrays.copyOfRange(file, last, last + length);
        return Pictures.insert(file, file.length - 2, repeated(scan, more));
    }

    private static int scans(byte[] file) {
        int count = 0;
        for (int at = 0; at < file.length - 1; at++) {
            count += (file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) == 0xda ? 1 : 0;
        }
        return count;
    }

    private static int last(byte[] file, int marker) {
        for (int at = file.length - 2; ; at--) {
            if ((file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) == marker) {
                return at;
            }
        }
    }

    private static byte[] repeated(byte[] piece, int times) {
        var all = ByteBuffer.allocate(piece.length * times);
        while (all.hasRemaining()) {
            all.put(piece);
        }
        return all.array();
    }

    /** A header alone: gray, 8 bits, in tiles. */
    private static byte[] tiled(int width, int height, int tileWidth, int tileHeight) {
        int[][] fields = {{256, width}, {257, height}, {258, 8}, {259, 1}, {262, 1}, {277, 1}, {322, tileWidth}, {323, tileHeight}};
        var file = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) fields.length);
        for (int[] field : fields) {
            file.putShort((short) field[0]).putShort((short) 4).putInt(1).putInt(field[1]);
        }
        return file.putInt(0).array();
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }
}
