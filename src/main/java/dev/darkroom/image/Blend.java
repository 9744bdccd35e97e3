package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;

import dev.darkroom.image.tile.Region;
import dev.darkroom.image.tile.Tile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Overlapping tiles added up by weight, rounded once when all are there: four bytes a sample. Any thread may add. */
public final class Blend implements AutoCloseable {
    private static final int STRIP_PIXELS = 1 << 18;

    private final Raster to;
    private final int scale;
    private final int samplesInRow;
    private final Mat sums;

    /**
     * Begins with black.
     *
     * @param to    gets the result
     * @param scale of {@code to} against the picture that the tiles were cut from
     */
    public Blend(Raster to, int scale) {
        this.to = to;
        this.scale = scale;
        samplesInRow = to.width() * to.channels();
        try (var zero = new Scalar(0)) {
            sums = new Mat(to.height(), to.width(), CV_MAKETYPE(CV_32F, to.channels()), zero);
        }
    }

    /** How many bytes are held for so many samples. */
    public static long bytes(long samples) {
        return samples * Float.BYTES;
    }

    /** Adds a tile's core; {@code samples} hold the whole of its enlarged input, as {@link Raster} has them, and are used up. */
    public synchronized void add(Tile tile, ByteBuffer samples) {
        Region input = tile.input().scaled(scale);
        Region core = tile.core().scaled(scale);
        float[] columns = tile.columns().weights(tile.core().x(), tile.core().width(), scale);
        float[] rows = tile.rows().weights(tile.core().y(), tile.core().height(), scale);
        int channels = to.channels();
        int bytes = to.bits() / 8;
        ByteBuffer from = samples.slice().order(ByteOrder.nativeOrder());
        for (int y = 0; y < rows.length; y++) {
            FloatBuffer sum = row(core.y() + y);
            int at = core.x() * channels;
            int sample = ((core.y() - input.y() + y) * input.width() + core.x() - input.x()) * channels;
            for (float column : columns) {
                float weight = rows[y] * column;
                for (int channel = 0; channel < channels; channel++, at++, sample++) {
                    int value = bytes == 1 ? Byte.toUnsignedInt(from.get(sample)) : Short.toUnsignedInt(from.getShort(2 * sample));
                    sum.put(at, sum.get(at) + weight * value);
                }
            }
        }
        samples.position(samples.limit());
    }

    /** Rounds what has been added up. */
    public void finish() {
        int rows = Math.min(to.height(), Math.max(1, STRIP_PIXELS / to.width()));
        var strip = ByteBuffer.allocateDirect((int) to.bytes(new Region(0, 0, to.width(), rows))).order(ByteOrder.nativeOrder());
        for (int y = 0; y < to.height(); y += rows) {
            var region = new Region(0, y, to.width(), Math.min(rows, to.height() - y));
            strip.clear();
            for (int row = y; row < region.bottom(); row++) {
                round(row(row), strip);
            }
            to.write(region, strip.flip(), region);
        }
    }

    private void round(FloatBuffer sums, ByteBuffer samples) {
        for (int i = 0; i < samplesInRow; i++) {
            if (to.bits() == 8) {
                samples.put((byte) Math.min(255, Math.round(sums.get(i))));
            } else {
                samples.putShort((short) Math.min(65535, Math.round(sums.get(i))));
            }
        }
    }

    private FloatBuffer row(int y) {
        return sums.ptr(y).capacity((long) samplesInRow * Float.BYTES).asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** Frees the memory; no thread may add any more. */
    @Override
    public void close() {
        sums.close();
    }
}
