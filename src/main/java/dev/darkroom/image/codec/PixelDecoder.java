package dev.darkroom.image.codec;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Where a file's pixels are decoded. What a header says has been checked before, and metadata read, in Java. */
public interface PixelDecoder extends AutoCloseable {

    /** In this process, by native libraries: whatever crashes one of them ends the process. */
    PixelDecoder INSIDE = StoredPixels::decode;

    /** In so many processes of their own, or in this one if that is 0. */
    static PixelDecoder in(int processes) {
        return processes == 0 ? INSIDE : new DecoderProcesses(processes);
    }

    /**
     * The pixels as the file stores them.
     *
     * @throws DamagedImageException if they cannot be decoded
     */
    Mat decode(ByteBuffer bytes, ImageHeader header, Metadata metadata);

    @Override
    default void close() {}
}
