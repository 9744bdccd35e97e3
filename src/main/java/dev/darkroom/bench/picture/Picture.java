package dev.darkroom.bench.picture;

import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A picture of a load, as samples and as a file. */
public record Picture(SizeClass size, Raster pixels, ImageFormat format, byte[] file) implements AutoCloseable {

    public static Picture of(SizeClass size, Raster pixels, ImageFormat format) {
        var photo = new Photo(pixels, Optional.empty(), Metadata.NONE); // shares the raster, which stays ours
        return new Picture(size, pixels, format, new ImageEncoder().encode(photo, EncodeOptions.of(format)).bytes());
    }

    public ByteBuffer upload() {
        return ByteBuffer.wrap(file).asReadOnlyBuffer();
    }

    double megapixels() {
        return size.megapixels();
    }

    @Override
    public void close() {
        pixels.close();
    }
}
