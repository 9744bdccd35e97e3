package dev.darkroom.image.codec;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes the common kinds in this process and the others in one of its own, started by the first of them: HEIC and AVIF, whose decoders are
 * large and written for films, and the TIFFs that are decoded in Java, which take their memory from a heap.
 */
final class RareKinds implements PixelDecoder {
    private final DecoderProcesses apart = new DecoderProcesses(1);

    @Override
    public Mat decode(ByteBuffer bytes, ImageHeader header, Metadata metadata, Duration patience) {
        return (isRare(bytes, header) ? apart : INSIDE).decode(bytes, header, metadata, patience);
    }

    private static boolean isRare(ByteBuffer bytes, ImageHeader header) {
        return header.format() == ImageFormat.HEIC || header.format() == ImageFormat.AVIF
                || header.format() == ImageFormat.TIFF && !ImageFile.of(bytes).isPlainTiff();
    }

    @Override
    public void close() {
        apart.close();
    }
}
