package dev.darkroom.fuzz;

import dev.darkroom.image.Coding;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Photo;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** What the service does with an upload but for what is restored: read, decoded, written in some format with what goes along. */
final class Restoring {
    private static final ImageLimits LIMITS = new ImageLimits(2000, 2000, 1);
    private static final List<ImageFormat> FORMATS = List.copyOf(ImageFormat.WRITTEN);
    private final ImageDecoder decoder;
    private final ImageEncoder encoder = new ImageEncoder();

    Restoring(PixelDecoder pixels) {
        decoder = new ImageDecoder(LIMITS, pixels);
    }

    /** @throws RuntimeException if it is refused, or worse */
    void accept(byte[] file) {
        int choice = Arrays.hashCode(file);
        byte[] wanted = page(file, choice);
        Photo photo = decoder.decode(ByteBuffer.wrap(wanted));
        try (photo) {
            ImageFormat format = FORMATS.get(Math.floorMod(choice >> 3, FORMATS.size()));
            MetadataPolicy policy = MetadataPolicy.values()[Math.floorMod(choice >> 6, MetadataPolicy.values().length)];
            photo.fillTransparent(4);
            encoder.encode(photo, new EncodeOptions(format, Coding.DEFAULT, policy)).close();
        }
    }

    /** One in four is asked for a page. */
    private static byte[] page(byte[] file, int choice) {
        if ((choice & 3) != 0) {
            return file;
        }
        ByteBuffer page = ImageFile.of(ByteBuffer.wrap(file)).page(1 + (choice >> 2 & 1), ByteBuffer::allocate);
        byte[] bytes = new byte[page.remaining()];
        page.duplicate().get(bytes);
        return bytes;
    }
}
