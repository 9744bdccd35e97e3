package dev.darkroom.image.codec;

import static org.bytedeco.opencv.global.opencv_core.bitwise_not;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes what a file stores: neither upright nor with its alpha apart. */
final class StoredPixels {
    private static final byte[] END_OF_JPEG = {(byte) 0xff, (byte) 0xd9};
    /** OpenCV takes nothing shorter for a WebP. */
    private static final int SHORTEST_WEBP = 32;

    private StoredPixels() {}

    static Mat decode(ByteBuffer bytes, ImageHeader header, Metadata metadata) {
        return switch (header.format()) {
            case JPEG -> jpeg(bytes, header, metadata);
            case TIFF -> ImageFile.of(bytes).isPlainTiff() ? tiff(bytes, header) : OtherTiffs.decode(bytes, header, metadata);
            case PNG -> png(bytes, header);
            case BMP -> BmpPixels.decode(bytes, ImageFile.of(bytes).bmp(), header);
            case HEIC, AVIF -> HeifPixels.decode(ImageFile.of(bytes).heif());
            case GIF -> JdkCodecs.gif(bytes, header);
            case WEBP -> decoded(copy(bytes, new byte[Math.max(0, SHORTEST_WEBP - bytes.remaining())]), header, new Mat());
        };
    }

    private static Mat jpeg(ByteBuffer bytes, ImageHeader header, Metadata metadata) {
        var file = ImageFile.of(bytes);
        boolean whole = file.jpegHasEnd();
        try (BytePointer copy = copy(bytes, whole ? new byte[0] : END_OF_JPEG)) {
            if (header.cmyk()) {
                return JdkCodecs.cmykJpeg(copy.asByteBuffer(), header, metadata.icc(), file.isYcck());
            }
            if (!whole) {
                JdkCodecs.requireWholeJpeg(copy.asByteBuffer());
            }
            return decoded(copy, header, new Mat());
        }
    }

    private static Mat tiff(ByteBuffer bytes, ImageHeader header) {
        var file = ImageFile.of(bytes);
        file.requireWholeTiff(header);
        BytePointer copy = copy(bytes, new byte[0]);
        boolean inverted = ImageFile.of(copy.asByteBuffer()).keepSamplesOfTiffAsStored();
        // Should a strip be broken all the same the decoder leaves memory as it found it: black, not someone else's image.
        Mat target = OpenCv.black(header.width(), header.height(), header.channels() + file.extraSamplesOfTiff(), header.bitsPerSample());
        Mat mat = decoded(copy, header, target);
        if (inverted) {
            bitwise_not(mat, mat);
        }
        return mat;
    }

    /** Gray with a transparent level, which the decoder does not know, becomes gray with alpha. */
    private static Mat png(ByteBuffer bytes, ImageHeader header) {
        var file = ImageFile.of(bytes);
        var pixels = new AtomicReference<BytePointer>();
        int length = file.pngOfPixelsOnly(bytesOfFile -> {
            pixels.set(new BytePointer((long) bytesOfFile));
            return pixels.get().asByteBuffer();
        }).remaining();
        Mat mat = decoded(pixels.get().limit(length), header, new Mat());
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

    private static BytePointer copy(ByteBuffer bytes, byte[] more) {
        var copy = new BytePointer((long) bytes.remaining() + more.length);
        copy.asByteBuffer().put(bytes.duplicate()).put(more);
        return copy.limit((long) bytes.remaining() + more.length);
    }

    private static DamagedImageException damaged(Throwable cause) {
        return new DamagedImageException("the image is damaged and cannot be decoded", cause);
    }
}
