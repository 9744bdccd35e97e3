package dev.darkroom.image.file;

import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.container.ImageFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Image files with what cameras write around the pixels. */
public final class CameraFiles {

    private CameraFiles() {}

    /** The file of a plain {@code photo} with an EXIF orientation put in. */
    public static byte[] oriented(Photo photo, ImageFormat format, int orientation) {
        byte[] file = Pictures.encode(new Photo(photo.pixels(), photo.alpha(), Metadata.NONE), format);
        var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
        fields.number(TiffDirectory.ORIENTATION, orientation);
        var exif = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN)
                .put(Pictures.latin1("II*\0")).putInt(8).put(fields.directoryAt(8)).array();
        return switch (format) {
            case PNG -> Pictures.insert(file, 33, Pictures.pngChunk("eXIf", exif));
            case JPEG -> Pictures.insert(file, 2, Pictures.join(Pictures.latin1("\u00ff\u00e1\0\42Exif\0\0"), exif));
            case WEBP -> {
                var extended = ImageFile.of(ByteBuffer.wrap(file)).embedding(
                        new Metadata(Optional.empty(), Optional.of(new Resolution(1, 1))), ByteBuffer::allocate).array();
                // The block written for a resolution has three fields of twelve bytes; the first becomes the orientation.
                int field = new String(extended, StandardCharsets.ISO_8859_1).lastIndexOf("II*\0") + 10;
                ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN)
                        .putShort(field, (short) 274).putShort(field + 2, (short) 3).putInt(field + 4, 1).putInt(field + 8, orientation);
                yield extended;
            }
            default -> throw new IllegalArgumentException(format + " is not written");
            case TIFF -> {
                var tiff = new ByteReader(ByteBuffer.wrap(file));
                var directory = TiffDirectory.first(tiff);
                fields.keep(directory, directory.tiff().u32(4));
                byte[] appended = fields.directoryAt(file.length);
                yield ByteBuffer.allocate(file.length + appended.length).order(ByteOrder.LITTLE_ENDIAN)
                        .put(file).put(appended).putInt(4, file.length).array();
            }
        };
    }

    /** The file of a photo as a camera would write it: with that orientation, EXIF with a thumbnail, XMP, profile and resolution. */
    public static byte[] camera(Photo photo, ImageFormat format, int orientation) {
        byte[] plain = Pictures.encode(new Photo(photo.pixels(), photo.alpha(), Metadata.NONE), format);
        var metadata = photo.metadata().with(Optional.of(CameraExif.block(orientation)), Optional.of(CameraExif.xmp(orientation)));
        return ImageFile.of(ByteBuffer.wrap(plain)).embedding(metadata, ByteBuffer::allocate).array();
    }
}
