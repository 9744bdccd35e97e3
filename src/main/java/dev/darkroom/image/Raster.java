package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * An image's samples in native memory: gray or RGB, 8 or 16 bits, up to two billion pixels.
 *
 * <p>Buffers hold samples interleaved, RGB in this order, row by row without gaps, one byte a sample or two in the machine's
 * byte order (little-endian on all that are supported); they must be direct, and are used from their position, which advances.
 *
 * <p>Threads may read and write at the same time as long as no two touch the same pixels; {@link #close} waits for them, and
 * whoever comes later gets an {@link IllegalStateException} instead of freed memory.
 */
public final class Raster implements AutoCloseable {

    /** Colours are kept in BGR order, as codecs want them: swapping costs nothing while a tile is copied anyway. */
    private final Mat mat;
    private final Region bounds;
    private final int channels;
    private final int bits;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /** Takes over {@code mat}, which has 1 or 3 channels of 8 or 16 bits. */
    Raster(Mat mat) {
        this.mat = mat;
        this.bounds = new Region(0, 0, mat.cols(), mat.rows());
        this.channels = mat.channels();
        this.bits = mat.depth() == CV_16U ? 16 : 8;
    }

    /** A black raster; {@code channels} is 1 or 3, {@code bits} 8 or 16. */
    public static Raster allocate(int width, int height, int channels, int bits) {
        if (channels != 1 && channels != 3 || bits != 8 && bits != 16) {
            throw new IllegalArgumentException("a raster has 1 or 3 channels of 8 or 16 bits");
        }
        return new Raster(OpenCv.black(width, height, channels, bits));
    }

    public int width() {
        return bounds.width();
    }

    public int height() {
        return bounds.height();
    }

    /** 1 for gray, 3 for RGB. */
    public int channels() {
        return channels;
    }

    /** 8 or 16. */
    public int bits() {
        return bits;
    }

    public Region bounds() {
        return bounds;
    }

    /** Bytes that {@code region} takes in a buffer. */
    public long bytes(Region region) {
        return (long) region.width() * region.height() * channels * (bits / 8);
    }

    /** {@link #read(Region, Mirroring, ByteBuffer)} with the mirroring of pictures. */
    public void read(Region region, ByteBuffer samples) {
        read(region, Mirroring.HALF_SAMPLE, samples);
    }

    /**
     * Copies {@code region} to {@code samples}; outside the image, what the region holds of it is mirrored.
     *
     * @throws IllegalArgumentException if the region has no pixel in the image, or the buffer is too small or not direct
     */
    public void read(Region region, Mirroring mirroring, ByteBuffer samples) {
        var inside = region.intersection(bounds);
        var within = inside.relativeTo(region);
        with(pixels -> {
            try (var buffer = over(samples, region); var from = part(pixels, inside); var to = part(buffer, within)) {
                copy(from, to);
                if (!inside.equals(region)) {
                    copyMakeBorder(to, buffer, within.y(), region.height() - within.bottom(),
                            within.x(), region.width() - within.right(), mirroring.border());
                }
            }
            return advance(samples, region);
        });
    }

    /**
     * Copies {@code core} from {@code samples}, which hold the whole of {@code region}.
     *
     * @throws IllegalArgumentException if the core is not in both the region and the image, or the buffer is too small or not direct
     */
    public void write(Region core, ByteBuffer samples, Region region) {
        if (!region.contains(core) || !bounds.contains(core)) {
            throw new IllegalArgumentException("the core must be in its region and in the image");
        }
        with(pixels -> {
            try (var buffer = over(samples, region); var from = part(buffer, core.relativeTo(region)); var to = part(pixels, core)) {
                copy(from, to);
            }
            return advance(samples, region);
        });
    }

    /** The same picture {@code factor} times as wide and high: bicubic, clipped to the range of the samples. */
    public Raster enlarged(int factor) {
        return with(pixels -> {
            var enlarged = new Mat();
            try (var size = new Size(width() * factor, height() * factor)) {
                resize(pixels, enlarged, size, 0, 0, INTER_CUBIC);
            }
            return new Raster(enlarged);
        });
    }

    /** Lets {@code use} at the samples while no one can free them. */
    <T> T with(Function<Mat, T> use) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the raster is closed");
            }
            return use.apply(mat);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Frees the memory; may be called again. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            mat.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void copy(Mat from, Mat to) {
        if (channels == 3) {
            cvtColor(from, to, COLOR_BGR2RGB);
        } else {
            from.copyTo(to);
        }
    }

    private Mat over(ByteBuffer samples, Region region) {
        if (!samples.isDirect() || samples.remaining() < bytes(region)) {
            throw new IllegalArgumentException("the buffer must be direct and hold " + bytes(region) + " bytes");
        }
        return new Mat(region.height(), region.width(), OpenCv.type(channels, bits), new BytePointer(samples));
    }

    private ByteBuffer advance(ByteBuffer samples, Region region) {
        return samples.position(samples.position() + (int) bytes(region));
    }

    private static Mat part(Mat mat, Region region) {
        try (var rectangle = new Rect(region.x(), region.y(), region.width(), region.height())) {
            return new Mat(mat, rectangle);
        }
    }
}
