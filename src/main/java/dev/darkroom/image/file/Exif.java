package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A block of EXIF (CIPA DC-008), which is a small TIFF file. Lenient: what is broken is absent. */
public record Exif(ByteReader tiff) {
    static final int EXIF_DIRECTORY = 34665;
    static final int GPS_DIRECTORY = 34853;
    /** In the EXIF directory. */
    static final int INTEROPERABILITY_DIRECTORY = 40965;
    private static final int ARTIST = 315;
    private static final int COPYRIGHT = 33432;
    private static final int PIXEL_WIDTH = 0xa002;
    private static final int PIXEL_HEIGHT = 0xa003;
    private static final int THUMBNAIL_AT = 513;
    private static final int THUMBNAIL_BYTES = 514;
    /**
     * Of a TIFF file's own directory, what is about the picture and not about the file: names, description, camera, how it is held,
     * software, time, people, computer, rating, and Windows' own title, comment, author, keywords and subject.
     */
    static final Set<Integer> ABOUT_THE_PICTURE = Set.of(269, 270, 271, 272, TiffDirectory.ORIENTATION, 285, 305, 306, ARTIST, 316, COPYRIGHT,
            18246, 18249, 40091, 40092, 40093, 40094, 40095);
    /** What is about the file, or said by the answer itself: of a first directory, and of an EXIF directory. */
    private static final Set<Integer> ABOUT_THE_FILE = Stream.of(IntStream.rangeClosed(254, 268), IntStream.rangeClosed(273, 284),
            IntStream.rangeClosed(288, 297), IntStream.rangeClosed(317, 347), IntStream.rangeClosed(512, 532),
            IntStream.of(TiffDirectory.ORIENTATION, 700, 33723, 34377, 34675, EXIF_DIRECTORY, GPS_DIRECTORY, 32995, 32996))
            .flatMap(IntStream::boxed).collect(Collectors.toUnmodifiableSet());

    public static Exif of(byte[] block) {
        return new Exif(new ByteReader(ByteBuffer.wrap(block)));
    }

    /** What a TIFF file says about its picture. */
    public static Optional<byte[]> ofTiff(TiffDirectory directory) {
        return Metadata.ifIntact(() -> {
             var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
            fields.describe(directory);
            return fields.isEmpty() ? Optional.empty() : Optional.of(fields.block());
        });
    }

    /** Empty if the block says nothing of it. */
    public Optional<Orientation> orientation() {
        return Metadata.ifIntact(() -> TiffDirectory.first(tiff).orientation());
    }

    /** The fields that say something of the picture, each by its directory and number. */
    public Set<String> fields() {
        return Metadata.ifIntact(() -> Optional.of(fields(TiffDirectory.first(tiff)))).orElse(Set.of("broken"));
    }

    /** The same of a TIFF file. */
    public static Set<String> fields(TiffDirectory first) {
        var fields = new TreeSet<String>();
        addFields(fields, "", first);
        first.directory(GPS_DIRECTORY).ifPresent(gps -> addFields(fields, "GPS ", gps));
        first.directory(EXIF_DIRECTORY).ifPresent(exif -> {
            addFields(fields, "detail ", exif);
            exif.directory(INTEROPERABILITY_DIRECTORY).ifPresent(more -> addFields(fields, "interoperability ", more));
        });
        return fields;
    }

    private static void addFields(Set<String> fields, String prefix, TiffDirectory directory) {
        directory.fields().forEach((tag, field) -> {
            boolean ofTheFile = prefix.isEmpty() && ABOUT_THE_FILE.contains(tag) || tag == INTEROPERABILITY_DIRECTORY;
            if (!ofTheFile && directory.isWhole(field)) {
                fields.add(prefix + tag);
            }
        });
    }

    public Optional<Resolution> resolution() {
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
            TiffDirectory second = first.another(first.next());
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
    public Optional<byte[]> withResolution(Resolution resolution) {
        return resolution().isPresent() ? Optional.of(tiff.array(0, tiff.size())) : Metadata.ifIntact(() -> {
             var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
            fields.describe(TiffDirectory.first(tiff));
            fields.resolution(resolution);
            return Optional.of(fields.block());
        });
    }
}
