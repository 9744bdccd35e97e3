package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2BGR;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Turns the bytes of an image file into upright pixels of the depth they are stored with; safe for use by many threads. */
public final class ImageDecoder {

    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes {@code bytes}, which are read from position to limit and left as they were.
     *
     * @throws UnsupportedImageException if this is no image, or one of a kind that is not read
     * @throws ImageTooLargeException    if the header exceeds the limits; nothing has been decoded then
     * @throws DamagedImageException     if the file is cut short or broken
     */
    public Photo decode(ByteBuffer bytes) {
        var container = ImageFormat.sniff(bytes).container();
        var file = new ByteReader(bytes);
        var header = container.header(file);
        limits.check(header);
        var metadata = container.metadata(file);
        return photo(header.orientation().upright(stored(bytes, header)), header, metadata);
    }

    private static Mat stored(ByteBuffer bytes, ImageHeader header) {
        try (var file = new BytePointer((long) bytes.remaining()); var target = target(header)) {
            var copy = file.asByteBuffer().put(bytes.duplicate()).flip();
            if (header.format() == ImageFormat.TIFF) {
                TiffContainer.keepSamplesAsStored(copy);
            }
            var mat = OpenCv.decode(file, target);
            if (mat.cols() == header.width() && mat.rows() == header.height()) {
                return mat;
            }
            mat.close();
        } catch (RuntimeException fromOpenCv) {
            throw damaged(fromOpenCv);
        }
        throw damaged(null);
    }

    /** Where a TIFF's strips are broken the decoder leaves memory as it found it: black, not someone else's image. */
    private static Mat target(ImageHeader header) {
        return header.format() == ImageFormat.TIFF
                ? OpenCv.black(header.width(), header.height(), header.channels() + (header.alpha() ? 1 : 0), header.bitsPerSample())
                : new Mat();
    }

    private static Photo photo(Mat upright, ImageHeader header, Metadata metadata) {
        if (upright.channels() < 4) {
            return new Photo(new Raster(upright), Optional.empty(), metadata);
        }
        try (upright) {
            var pixels = header.channels() == 1 ? OpenCv.channel(upright, 0) : OpenCv.converted(upright, COLOR_BGRA2BGR);
            return new Photo(new Raster(pixels), Optional.of(new Raster(OpenCv.channel(upright, 3))), metadata);
        }
    }

    private static DamagedImageException damaged(Throwable cause) {
        return new DamagedImageException("the image is damaged and cannot be decoded", cause);
    }
}
