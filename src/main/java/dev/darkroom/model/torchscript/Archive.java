package dev.darkroom.model.torchscript;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The directory of a zip archive, read so strictly that the engine's reader (miniz) finds the same files in it.
 *
 * <p>One end record, at the very end and without comment; a zip64 record, if any, says the same; the directory lies right before;
 * names are unique whatever their case, and each file's own header repeats its name. At most 2 GB and 10,000 files. Tensors are
 * never read.
 */
final class Archive {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_LENGTH = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_LENGTH = 56;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int MOST_ENTRIES = 10_000;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** @param length when unpacked */
    private record Entry(int method, int crc, int packedLength, int length, int header) {}

    private final Bytes file;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, String> sameButForCase = new HashMap<>();

    private Archive(Bytes file) {
        this.file = file;
    }

    /**
     * Reads the directory.
     *
     * @throws DamagedArchiveException if it is damaged, or ambiguous
     */
    static Archive of(Bytes file) {
        require(file.size() <= Integer.MAX_VALUE, "it has more than 2 GB");
        var archive = new Archive(file);
        try {
            archive.readDirectory();
        } catch (IndexOutOfBoundsException e) {
            throw new DamagedArchiveException("its directory is damaged");
        }
        return archive;
    }

    Iterable<String> names() {
        return entries.keySet();
    }

    private void readDirectory() {
        int end = (int) file.size() - END_LENGTH;
        require(end >= 0, "it has no end record");
        ByteBuffer record = file.at(end, END_LENGTH);
        require(record.getInt(0) == END && record.getShort(20) == 0, "it has no end record");
        int count = Short.toUnsignedInt(record.getShort(10));
        int length = record.getInt(12);
        int begin = record.getInt(16);
        require(record.getInt(4) == 0 && record.getShort(8) == (short) count, "it is one of several");
        require(count > 0 && count <= MOST_ENTRIES && length >= 0 && begin >= 0, "it has no directory, or one too large");
        int directoryEnd = checkEnd64(end, count, length, begin);
        require((long) begin + length == directoryEnd, "its directory is not where it should be");
        int at = begin;
        for (int i = 0; i < count; i++) {
            at = readEntry(at, begin);
        }
        require(at == directoryEnd, "its directory is longer than it says");
    }

    /** Where the directory has to end. */
    private int checkEnd64(int end, int count, int length, int begin) {
        int at = end - LOCATOR64_LENGTH;
        ByteBuffer locator = at < 0 ? null : file.at(at, LOCATOR64_LENGTH);
        if (locator == null || locator.getInt(0) != LOCATOR64) {
            return end;
        }
        int of = at - END64_LENGTH;
        ByteBuffer record = file.at(of, END64_LENGTH);
        require(locator.getLong(8) == of && record.getInt(0) == END64, "its end records disagree");
        require(record.getLong(4) == END64_LENGTH - 12 && record.getLong(24) == count && record.getLong(32) == count
                && record.getLong(40) == length && record.getLong(48) == begin, "its end records disagree");
        return of;
    }

    private int readEntry(int at, int directory) {
        ByteBuffer record = file.at(at, ENTRY_LENGTH);
        require(record.getInt(0) == ENTRY, "its directory is damaged");
        int flags = record.getShort(8);
        var entry = new Entry(record.getShort(10), record.getInt(16), record.getInt(20), record.getInt(24), record.getInt(42));
        int nameLength = Short.toUnsignedInt(record.getShort(28));
        String name = name(at + ENTRY_LENGTH, nameLength);
        require((flags & ENCRYPTED) == 0 && (entry.method == STORED || entry.method == DEFLATED), "a file is packed in a way that is not read");
        require(entry.packedLength >= 0 && entry.length >= 0 && entry.header >= 0 && entry.header < directory, "a file is too large");
        require(entry.method == DEFLATED || entry.packedLength == entry.length, "a file's lengths disagree");
        ByteBuffer own = file.at(entry.header, LOCAL_LENGTH);
        require(data(entry, own) + (long) entry.packedLength <= directory, "a file runs into the directory");
        require(own.getInt(0) == LOCAL && own.getShort(8) == entry.method
                && name.equals(name(entry.header + LOCAL_LENGTH, Short.toUnsignedInt(own.getShort(26)))),
                "a file is not what the directory says");
        require(sameButForCase.put(name.toLowerCase(Locale.ROOT), name) == null, "two files have one name");
        entries.put(name, entry);
        return at + ENTRY_LENGTH + nameLength + Short.toUnsignedInt(record.getShort(30)) + Short.toUnsignedInt(record.getShort(32));
    }

    private String name(int at, int length) {
        byte[] name = new byte[length];
        file.at(at, length).get(name);
        for (byte c : name) {
            require(c > ' ' && c != 0x7f && c != '\\', "a file's name has characters that are not read");
        }
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static long data(Entry entry, ByteBuffer own) {
        return (long) entry.header + LOCAL_LENGTH + Short.toUnsignedInt(own.getShort(26)) + Short.toUnsignedInt(own.getShort(28));
    }

    /** @throws DamagedArchiveException if it is damaged or has more bytes than that */
    byte[] read(String name, int most) {
        Entry entry = entries.get(name);
        require(entry.length <= most && entry.packedLength <= most, "its code is too long");
        byte[] packed = new byte[entry.packedLength];
        file.at(data(entry, file.at(entry.header, LOCAL_LENGTH)), packed.length).get(packed);
        byte[] bytes = entry.method == STORED ? packed : inflate(packed, entry.length);
        var crc = new CRC32();
        crc.update(bytes);
        require((int) crc.getValue() == entry.crc, "a file is damaged");
        return bytes;
    }

    private static byte[] inflate(byte[] packed, int length) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[length];
            int read = 0;
            int more;
            while (read < length && (more = inflater.inflate(bytes, read, length - read)) > 0) {
                read += more;
            }
            require(read == length && (inflater.finished() || inflater.inflate(new byte[1]) == 0 && inflater.finished()), "a file is damaged");
            return bytes;
        } catch (DataFormatException e) {
            throw new DamagedArchiveException("a file is damaged");
        } finally {
            inflater.end();
        }
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new DamagedArchiveException(reason);
        }
    }
}
