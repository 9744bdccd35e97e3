package dev.darkroom.image.codec;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.bytedeco.opencv.opencv_core.Mat;

/** Where a file's pixels are decoded. What a header says has been checked before, and metadata read, in Java. */
public interface PixelDecoder extends AutoCloseable {

    /** In this process, by native libraries: whatever crashes one of them ends the process. */
    PixelDecoder INSIDE = (bytes, header, metadata, patience) -> StoredPixels.decode(bytes, header, metadata);

    /** In so many processes of their own; if that is 0, in this one but for {@link RareKinds}. */
    static PixelDecoder in(int processes) {
        return processes == 0 ? new RareKinds() : new DecoderProcesses(processes);
    }

    /**
     * The pixels as the file stores them.
     *
     * @param patience after which a process of its own is ended; in this one nothing can be
     * @throws DamagedImageException     if they cannot be decoded, or not in that time
     * @throws UnsupportedImageException if this build cannot decode their format
     */
    Mat decode(ByteBuffer bytes, ImageHeader header, Metadata metadata, Duration patience);

    @Override
    default void close() {}
}
