package dev.darkroom.image.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Photoshop's image resources (Adobe Photoshop file format, 2019): numbered blocks, among them IPTC-IIM (4.2), the press's own metadata.
 * Lenient: what comes after a broken block is left out.
 */
public final class PhotoshopResources {
    static final int IPTC = 0x0404;
    private static final int COPYRIGHT_FLAG = 0x040a;
    /** Pictures of the picture, unrestored. */
    private static final Set<Integer> THUMBNAILS = Set.of(0x0409, 0x040c);
    /** What a file has its own place for: profile, EXIF, XMP. */
    private static final Set<Integer> ELSEWHERE = Set.of(0x040f, 0x0422, 0x0423, 0x0424);
    private static final Set<Integer> RIGHTS = Set.of(80, 85, 110, 116);
    private static final int RECORD_START = 0x1c;
    private static final int APPLICATION_RECORD = 2;
    private static final int LONGEST = 0x8000;

    private PhotoshopResources() {}

    /** The blocks that are kept; empty if there is none. */
    public static Optional<byte[]> kept(byte[] blocks, Optional<byte[]> iptc) {
        var resources = read(blocks);
        resources.keySet().removeAll(THUMBNAILS);
        resources.keySet().removeAll(ELSEWHERE);
        iptc.ifPresent(records -> resources.putIfAbsent(IPTC, records));
        return written(resources);
    }

    static Set<Integer> ids(byte[] blocks) {
        return read(blocks).keySet();
    }

    static String name(int id) {
        return id == IPTC ? "IPTC" : "Photoshop " + id;
    }

    public static Optional<byte[]> iptc(byte[] blocks) {
        return Optional.ofNullable(read(blocks).get(IPTC));
    }

    /** Who made the picture and who may use it. */
    static Optional<byte[]> rights(byte[] blocks) {
        var resources = read(blocks);
        resources.keySet().retainAll(Set.of(IPTC, COPYRIGHT_FLAG));
        Optional.ofNullable(resources.remove(IPTC)).flatMap(PhotoshopResources::rightsOfIptc).ifPresent(records -> resources.put(IPTC, records));
        return written(resources);
    }

    /** Each data set: a mark, record, number, length, value. */
    private static Optional<byte[]> rightsOfIptc(byte[] iptc) {
        var records = ByteBuffer.wrap(iptc);
        var rights = new ByteArrayOutputStream();
        while (records.remaining() >= 5 && records.get(records.position()) == RECORD_START) {
            int start = records.position();
            int record = records.get(start + 1) & 0xff;
            int number = records.get(start + 2) & 0xff;
            int length = records.getShort(start + 3) & 0xffff;
            if (length >= LONGEST || length > records.remaining() - 5) {
                break;
            }
            boolean encoding = record == 1 && number == 90;
            if (encoding || record == APPLICATION_RECORD && (number == 0 || RIGHTS.contains(number))) {
                rights.write(iptc, start, 5 + length);
            }
            records.position(start + 5 + length);
        }
        return Optional.of(rights.toByteArray()).filter(bytes -> bytes.length > 0);
    }

    private static SortedMap<Integer, byte[]> read(byte[] blocks) {
        var resources = new TreeMap<Integer, byte[]>();
        var reader = new ByteReader(ByteBuffer.wrap(blocks));
        Metadata.ifIntact(() -> {
            for (long at = 0; reader.has(at, "8BIM"); ) {
                int id = reader.u16(at + 4);
                long data = at + 6 + even(1 + reader.u8(at + 6));
                long length = reader.u32(data);
                resources.putIfAbsent(id, reader.array(data + 4, length));
                at = data + 4 + even(length);
            }
            return Optional.empty();
        });
        return resources;
    }

    private static Optional<byte[]> written(SortedMap<Integer, byte[]> resources) {
        var bytes = new ByteArrayOutputStream();
        resources.forEach((id, data) -> bytes.writeBytes(ByteBuffer.allocate(12 + (int) even(data.length)).put(new byte[] {'8', 'B', 'I', 'M'})
                .putShort((short) (int) id).putShort((short) 0).putInt(data.length).put(data).array()));
        return Optional.of(bytes.toByteArray()).filter(all -> all.length > 0);
    }

    private static long even(long length) {
        return length + (length & 1);
    }
}
