package dev.darkroom.image.codec;

import static org.bytedeco.opencv.global.opencv_core.bitwise_not;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFile;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes what a file stores: neither upright nor with its alpha apart. */
final class StoredPixels {

    private StoredPixels() {}

    static Mat decode(ByteBuffer bytes, ImageHeader header, Metadata metadata) {
        if (header.cmyk()) {
            var inks = ImageFile.of(bytes).inks();
            return JdkCodecs.cmykJpeg(array(bytes), header, metadata.icc(), inks.ycck(), inks.inverted());
        }
        return switch (header.format()) {
            case TIFF -> header.channels() == 1 && header.alpha() ? JdkCodecs.grayWithAlphaTiff(array(bytes), header) : tiff(bytes, header);
            case PNG -> png(bytes, header);
            default -> decoded(copy(bytes), header, new Mat());
        };
    }

    private static Mat tiff(ByteBuffer bytes, ImageHeader header) {
        BytePointer copy = copy(bytes);
        boolean inverted = ImageFile.of(copy.asByteBuffer()).keepSamplesOfTiffAsStored();
        // Where a strip is broken the decoder leaves memory as it found it: black, not someone else's image.
        Mat target = OpenCv.black(header.width(), header.height(), header.channels() + (header.alpha() ? 1 : 0), header.bitsPerSample());
        Mat mat = decoded(copy, header, target);
        if (inverted) {
            bitwise_not(mat, mat);
        }
        return mat;
    }

    /** Gray with a transparent level, which the decoder does not know, becomes gray with alpha. */
    private static Mat png(ByteBuffer bytes, ImageHeader header) {
        var file = ImageFile.of(bytes);
        ByteBuffer pixels = file.pngOfPixelsOnly();
        Mat mat = decoded(new BytePointer(pixels).limit(pixels.remaining()), header, new Mat());
        return file.transparentLevelOfPng().map(transparent -> OpenCv.withTransparentLevel(mat, transparent)).orElse(mat);
    }

    /** Frees {@code file}, and {@code target} unless it is the result. */
    private static Mat decoded(BytePointer file, ImageHeader header, Mat target) {
        try (file; target) {
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

    private static BytePointer copy(ByteBuffer bytes) {
        var copy = new BytePointer((long) bytes.remaining());
        copy.asByteBuffer().put(bytes.duplicate());
        return copy.limit(bytes.remaining());
    }

    private static byte[] array(ByteBuffer bytes) {
        var array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    private static DamagedImageException damaged(Throwable cause) {
        return new DamagedImageException("the image is damaged and cannot be decoded", cause);
    }
}
