package dev.darkroom.image.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.darkroom.image.Raster;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a picture takes of the heap does not grow with it: its samples are in native memory, and come there a few rows at a time. */
class RawMemoryTest {
    private static final int WIDTH = 2000;
    private static final int HEIGHT = 1000;
    /** Half of what the samples have, of which none is kept. */
    private static final long MOST_BYTES = 2L << 20;

    @ParameterizedTest
    @ValueSource(strings = {"packed in one strip", "packed in a strip for each row", "lossless JPEG in one strip", "lossless JPEG in tiles", "Deflate in tiles"})
    void staysSmall(String kind) {
        int[] samples = new Random(1).ints(WIDTH * HEIGHT, 900, 1100).toArray();
        var dng = new Dng(WIDTH, HEIGHT, 1, kind.startsWith("Deflate") ? 16 : 12, samples).strips(kind.contains("each row") ? 1 : HEIGHT)
                .coded(kind.startsWith("packed") ? SamplesWriter.packed() : kind.startsWith("Deflate") ? SamplesWriter.deflated(1)
                        : SamplesWriter.losslessJpeg(LosslessJpegWriter.of(2, 1, 12)));
        RawFile file = RawFile.of(ByteBuffer.wrap((kind.contains("tiles") ? dng.tiles(256, 256) : dng).file()));
        file.decode().close(); // loads what is loaded once
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Raster light = file.decode()) {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
            assertThat(light.width()).isEqualTo(WIDTH);
        }
    }
}
