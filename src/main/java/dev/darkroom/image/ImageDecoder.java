package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.divide;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;

import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Turns the bytes of an image file into upright pixels of the depth they are stored with; safe for use by many threads. */
public final class ImageDecoder {

    /** 100 megapixels take a few seconds; a decoder that takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ImageLimits limits;
    private final PixelDecoder pixels;

    /** Decodes in this process. */
    public ImageDecoder(ImageLimits limits) {
        this(limits, PixelDecoder.INSIDE);
    }

    public ImageDecoder(ImageLimits limits, PixelDecoder pixels) {
        this.limits = limits;
        this.pixels = pixels;
    }

    /**
     * Decodes {@code bytes}, which are read from position to limit and left as they were.
     *
     * @throws UnsupportedImageException if this is no image, or one of a kind that is not read
     * @throws ImageTooLargeException    if the header exceeds the limits; nothing has been decoded then
     * @throws DamagedImageException     if the file is cut short or broken
     */
    public Photo decode(ByteBuffer bytes) {
        return decode(bytes, PATIENCE);
    }

    /**
     * The same for someone who waits so long.
     *
     * @throws DamagedImageException also if it takes longer in a process of its own, which is ended then; in this one, what decoding
     *     costs is bounded by what {@link ImageProbe} lets through
     */
    public Photo decode(ByteBuffer bytes, Duration patience) {
        var file = ImageFile.of(bytes);
        var header = ImageProbe.probe(bytes, limits);
        var metadata = file.metadata();
        Ledger carried = file.ledger();
        Mat stored = pixels.decode(bytes, header, metadata, patience);
        return photo(header.orientation().upright(stored), header, metadata, carried, file.isPremultiplied(header));
    }

    private static Photo photo(Mat upright, ImageHeader header, Metadata metadata, Ledger carried, boolean premultiplied) {
        var kept = header.cmyk() || header.channels() == 3 && !metadata.profileFits(3) ? metadata.withoutIcc() : metadata;
        Optional<ToneCurve> tones = kept.icc().flatMap(ToneCurve::of);
        if (upright.channels() == header.channels()) {
            return new Photo(new Raster(upright, tones), Optional.empty(), kept, carried);
        }
        try (upright) {
            Mat pixels = header.channels() == 1 ? OpenCv.channel(upright, 0) : OpenCv.converted(upright, COLOR_BGRA2BGR);
            if (!header.alpha()) {
                return new Photo(new Raster(pixels, tones), Optional.empty(), kept, carried);
            }
            Mat alpha = OpenCv.channel(upright, upright.channels() - 1);
            if (premultiplied) {
                undoPremultiplication(pixels, alpha);
            }
            return new Photo(new Raster(pixels, tones), Optional.of(new Raster(alpha)), kept, carried);
        }
    }

    private static void undoPremultiplication(Mat pixels, Mat alpha) {
        double white = pixels.elemSize1() == 1 ? 255 : 65535;
        if (pixels.channels() == 1) {
            divide(pixels, alpha, pixels, white, -1);
            return;
        }
        try (Mat mask = OpenCv.converted(alpha, COLOR_GRAY2BGR)) {
            divide(pixels, mask, pixels, white, -1);
        }
    }
}
