package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.file.Orientation;
import dev.darkroom.image.tile.Mirroring;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
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

    private static final int STRIP_PIXELS = 1 << 18;

    /** Colours are kept in BGR order, as codecs want them: swapping costs nothing while a tile is copied anyway. */
    private final Mat mat;
    private final Region bounds;
    private final int channels;
    private final int storedBits;
    private final Optional<ToneCurve> curve;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /** Takes over {@code mat}, which has 1 or 3 channels of 8 or 16 bits. */
    Raster(Mat mat) {
        this(mat, Optional.empty());
    }

    /** The same for samples of a profile with other tones than sRGB's, which are converted on their way in and out. */
    Raster(Mat mat, Optional<ToneCurve> curve) {
        this.mat = mat;
        this.bounds = new Region(0, 0, mat.cols(), mat.rows());
        this.channels = mat.channels();
        this.storedBits = mat.depth() == CV_16U ? 16 : 8;
        this.curve = curve;
    }

    /** A black raster; {@code channels} is 1 or 3, {@code bits} 8 or 16. */
    public static Raster allocate(int width, int height, int channels, int bits) {
        if (channels != 1 && channels != 3 || bits != 8 && bits != 16) {
            throw new IllegalArgumentException("a raster has 1 or 3 channels of 8 or 16 bits");
        }
        return new Raster(OpenCv.black(width, height, channels, bits));
    }

    /**
     * A black raster for what this one is restored to: of the same depth and tones, of its own size and channels. Where it has
     * other channels a profile no longer fits, and its tones are sRGB's.
     */
    public Raster blank(int width, int height, int channels) {
        Optional<ToneCurve> tones = channels == this.channels ? curve : curve.map(other -> ToneCurve.SRGB);
        return new Raster(OpenCv.black(width, height, channels, storedBits), tones);
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

    /** Of samples in a buffer: 8 or 16. */
    public int bits() {
        return curve.isPresent() ? 16 : storedBits;
    }

    /** Of samples as they are held and will be written: 8 or 16. */
    int storedBits() {
        return storedBits;
    }

    public Region bounds() {
        return bounds;
    }

    /** Bytes that {@code region} takes in a buffer. */
    public long bytes(Region region) {
        return (long) region.width() * region.height() * channels * (bits() / 8);
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
        require(samples, region);
        lend(pixels -> {
            if (curve.isEmpty()) {
                try (var buffer = over(samples, region)) {
                    copyOut(pixels, region, mirroring, buffer);
                }
                return advance(samples, region);
            }
            try (var buffer = new Mat(region.height(), region.width(), OpenCv.type(channels, storedBits))) {
                copyOut(pixels, region, mirroring, buffer);
                curve.get().toWorking(bytesOf(buffer), storedBits, inNativeOrder(samples));
            }
            return advance(samples, region);
        });
    }

    private void copyOut(Mat pixels, Region region, Mirroring mirroring, Mat buffer) {
        var inside = region.intersection(bounds);
        var within = inside.relativeTo(region);
        try (var from = part(pixels, inside); var to = part(buffer, within)) {
            copy(from, to);
            if (!inside.equals(region)) {
                copyMakeBorder(to, buffer, within.y(), region.height() - within.bottom(),
                        within.x(), region.width() - within.right(), mirroring.border());
            }
        }
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
        require(samples, region);
        lend(pixels -> {
            if (curve.isEmpty()) {
                try (var buffer = over(samples, region)) {
                    copyIn(buffer, core.relativeTo(region), pixels, core);
                }
                return advance(samples, region);
            }
            try (var buffer = new Mat(region.height(), region.width(), OpenCv.type(channels, storedBits))) {
                curve.get().toFile(inNativeOrder(samples), bytesOf(buffer), storedBits);
                copyIn(buffer, core.relativeTo(region), pixels, core);
            }
            return advance(samples, region);
        });
    }

    private void copyIn(Mat buffer, Region part, Mat pixels, Region core) {
        try (var from = part(buffer, part); var to = part(pixels, core)) {
            copy(from, to);
        }
    }

    /** The picture as it stands upright; takes this raster over. */
    public Raster upright(Orientation orientation) {
        return new Raster(orientation.upright(mat), curve);
    }

    /** The samples with the tones of that ICC profile; takes this raster over. */
    public Raster inTonesOf(byte[] profile) {
        return new Raster(mat, ToneCurve.of(profile));
    }

    /** Takes over the samples as they are held, whatever they mean. */
    Raster asStored() {
        return curve.isEmpty() ? this : new Raster(mat);
    }

    /** The same picture with sRGB's tones, for whoever cannot be told the profile's. */
    Raster withSrgbTones() {
        var srgb = new Raster(OpenCv.black(width(), height(), channels, storedBits), curve.map(other -> ToneCurve.SRGB));
        int rows = Math.min(height(), Math.max(1, STRIP_PIXELS / width()));
        var strip = ByteBuffer.allocateDirect((int) bytes(new Region(0, 0, width(), rows))).order(ByteOrder.nativeOrder());
        for (int y = 0; y < height(); y += rows) {
            var region = new Region(0, y, width(), Math.min(rows, height() - y));
            read(region, strip.clear());
            srgb.write(region, strip.flip(), region);
        }
        return srgb;
    }

    boolean hasOtherTones() {
        return curve.isPresent();
    }

    /** The same picture {@code factor} times as wide and high: bicubic, clipped to the range of the samples. */
    public Raster enlarged(int factor) {
        return lend(pixels -> {
            var enlarged = new Mat();
            try (var size = new Size(width() * factor, height() * factor)) {
                resize(pixels, enlarged, size, 0, 0, INTER_CUBIC);
            }
            return new Raster(enlarged);
        });
    }

    /** Other pixels with the same tones; takes over {@code others}. */
    Raster toned(Mat others) {
        return new Raster(others, curve);
    }

    /** Lets {@code use} at the samples while no one can free them. */
    <T> T lend(Function<Mat, T> use) {
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

    private void require(ByteBuffer samples, Region region) {
        if (!samples.isDirect() || samples.remaining() < bytes(region)) {
            throw new IllegalArgumentException("the buffer must be direct and hold " + bytes(region) + " bytes");
        }
    }

    private Mat over(ByteBuffer samples, Region region) {
        return new Mat(region.height(), region.width(), OpenCv.type(channels, storedBits), new BytePointer(samples));
    }

    private static ByteBuffer inNativeOrder(ByteBuffer samples) {
        return samples.slice().order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer bytesOf(Mat continuous) {
        return continuous.data().capacity(continuous.total() * continuous.elemSize()).asByteBuffer().order(ByteOrder.nativeOrder());
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
