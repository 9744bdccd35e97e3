package dev.darkroom.image.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** EXIF and XMP as a camera writes them, and what has to be left of them. */
public final class CameraExif {
    private static final String ARTIST = "Ada Lens\0";
    private static final String COPYRIGHT = "(c) 2026 Ada Lens\0";
    private static final String MAKER = "Kamerawerk\0";
    private static final String THUMBNAIL = "small and noisy";

    private CameraExif() {}

    /** Big-endian: the orientation, maker, artist and copyright; exposure and width in a directory of their own; a thumbnail. */
    static byte[] block(int orientation) {
        var block = ByteBuffer.allocate(400).order(ByteOrder.BIG_ENDIAN).put(latin1("MM\0*")).putInt(8).putShort((short) 5);
        field(block, 271, 2, MAKER.length(), 200);
        field(block, 274, 3, 1, orientation << 16);
        field(block, 315, 2, ARTIST.length(), 220);
        field(block, 33432, 2, COPYRIGHT.length(), 240);
        field(block, Exif.EXIF_DIRECTORY, 4, 1, 100);
        block.putInt(140);
        block.position(100).putShort((short) 2);
        field(block, 33434, 5, 1, 280);
        field(block, 0xa002, 4, 1, 99999);
        block.putInt(0);
        block.position(140).putShort((short) 2);
        field(block, 513, 4, 1, 300);
        field(block, 514, 4, 1, THUMBNAIL.length());
        block.putInt(0);
        return block.put(200, latin1(MAKER)).put(220, latin1(ARTIST)).put(240, latin1(COPYRIGHT)).putInt(280, 1).putInt(284, 250)
                .put(300, latin1(THUMBNAIL)).array();
    }

    private static void field(ByteBuffer block, int tag, int type, int count, int value) {
        block.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    static byte[] xmp(int orientation) {
        return latin1("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:Description tiff:Orientation=\"" + orientation
                + "\" xmp:Rating=\"4\"/></x:xmpmeta>");
    }

    /** All that was there, upright, but for the thumbnail. */
    public static void assertKept(byte[] file) {
        Metadata metadata = metadata(file);
        TiffDirectory first = first(metadata.exif().orElseThrow());
        assertThat(text(first, 271)).contains(MAKER);
        assertThat(text(first, 315)).contains(ARTIST);
        assertThat(text(first, 33432)).contains(COPYRIGHT);
        TiffDirectory exif = first.directory(Exif.EXIF_DIRECTORY).orElseThrow();
        long exposure = exif.fields().get(33434).valueAt();
        assertThat(exif.tiff().u32(exposure)).isEqualTo(1);
        assertThat(exif.tiff().u32(exposure + 4)).isEqualTo(250);
        assertThat(exif.number(0xa002, 0)).isEqualTo(Pictures.probe(file).width());
        assertThat(first.next()).isZero();
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain(THUMBNAIL);
        assertThat(first.number(TiffDirectory.ORIENTATION, 1)).isEqualTo(1);
        assertThat(metadata.xmp()).hasValueSatisfying(packet -> assertThat(packet).isEqualTo(xmp(1)));
    }

    /** Artist and copyright alone. */
    public static void assertCopyrightOnly(byte[] file) {
        TiffDirectory first = first(metadata(file).exif().orElseThrow());
        assertThat(text(first, 315)).contains(ARTIST);
        assertThat(text(first, 33432)).contains(COPYRIGHT);
        assertNone(file, MAKER, THUMBNAIL, "xmpmeta");
    }

    public static void assertStripped(byte[] file) {
        assertNone(file, MAKER, ARTIST, COPYRIGHT, THUMBNAIL, "xmpmeta");
    }

    private static void assertNone(byte[] file, String... texts) {
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain(texts);
    }

    private static Metadata metadata(byte[] file) {
        try (Photo photo = Pictures.decode(file)) {
            return photo.metadata();
        }
    }

    private static TiffDirectory first(byte[] block) {
        return TiffDirectory.first(new ByteReader(ByteBuffer.wrap(block)));
    }

    private static Optional<String> text(TiffDirectory directory, int tag) {
        return Optional.ofNullable(directory.fields().get(tag))
                .map(field -> new String(directory.tiff().array(field.valueAt(), field.count()), StandardCharsets.ISO_8859_1));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
