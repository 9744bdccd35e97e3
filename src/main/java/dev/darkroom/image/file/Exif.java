package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;

/** A block of EXIF (CIPA DC-008), which is a small TIFF file. Lenient: what is broken is absent. */
record Exif(ByteReader tiff) {
    static final int EXIF_DIRECTORY = 34665;
    static final int GPS_DIRECTORY = 34853;
    private static final int ARTIST = 315;
    private static final int COPYRIGHT = 33432;
    private static final int PIXEL_WIDTH = 0xa002;
    private static final int PIXEL_HEIGHT = 0xa003;
    private static final int THUMBNAIL_AT = 513;
    private static final int THUMBNAIL_BYTES = 514;
    /** Of a TIFF file's own directory, what is about the picture and not about the file: description, camera, how it is held, software, time, people. */
    static final Set<Integer> ABOUT_THE_PICTURE = Set.of(270, 271, 272, TiffDirectory.ORIENTATION, 305, 306, ARTIST, COPYRIGHT);

    static Exif of(byte[] block) {
        return new Exif(new ByteReader(ByteBuffer.wrap(block)));
    }

    /** What a TIFF file says about its picture. */
    static Optional<byte[]> ofTiff(TiffDirectory directory) {
        return Metadata.ifIntact(() -> {
            var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
            fields.describe(directory);
            return fields.isEmpty() ? Optional.empty() : Optional.of(fields.block());
        });
    }

    Orientation orientation() {
        return Metadata.ifIntact(() -> Optional.of(TiffDirectory.first(tiff).orientation())).orElse(Orientation.NONE);
    }

    Optional<Resolution> resolution() {
        return Metadata.ifIntact(() -> TiffDirectory.first(tiff).resolution());
    }

    /**
     * The block of the picture turned upright, of that size, without its thumbnail. Everything stays where it is, because makers'
     * notes refer to places in the block.
     */
    Optional<byte[]> upright(int width, int height) {
        return Metadata.ifIntact(() -> {
            TiffDirectory first = TiffDirectory.first(tiff);
            ByteBuffer block = ByteBuffer.wrap(tiff.array(0, tiff.size())).order(first.tiff().order());
            first.overwrite(TiffDirectory.ORIENTATION, 1, block);
            first.directory(EXIF_DIRECTORY).ifPresent(exif -> {
                exif.overwrite(PIXEL_WIDTH, width, block);
                exif.overwrite(PIXEL_HEIGHT, height, block);
            });
            removeThumbnail(first, block);
            return Optional.of(block.array());
        });
    }

    private static void removeThumbnail(TiffDirectory first, ByteBuffer block) {
        if (first.next() == 0) {
            return;
        }
        Metadata.ifIntact(() -> {
            TiffDirectory second = TiffDirectory.at(first.tiff(), first.next());
            long from = second.number(THUMBNAIL_AT, 0);
            long to = Math.min(block.capacity(), from + second.number(THUMBNAIL_BYTES, 0));
            for (long at = from; at < to; at++) {
                block.put((int) at, (byte) 0);
            }
            return Optional.empty();
        });
        block.putInt((int) first.nextAt(), 0);
    }

    /** A new block with the artist and the copyright. */
    Optional<byte[]> copyright() {
        return Metadata.ifIntact(() -> {
            TiffDirectory first = TiffDirectory.first(tiff);
            var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
            fields.copy(first, ARTIST);
            fields.copy(first, COPYRIGHT);
            return fields.isEmpty() ? Optional.empty() : Optional.of(fields.block());
        });
    }

    /** The same block with a resolution, for a format that has no other place for it. */
    Optional<byte[]> withResolution(Resolution resolution) {
        return resolution().isPresent() ? Optional.of(tiff.array(0, tiff.size())) : Metadata.ifIntact(() -> {
            var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
            fields.describe(TiffDirectory.first(tiff));
            fields.resolution(resolution);
            return Optional.of(fields.block());
        });
    }
}
