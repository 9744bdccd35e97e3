package dev.darkroom.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where a HEIF file says that its items' bytes are: moved along with them, as far as that can be read. */
final class ItemPlaces {
    private ItemPlaces() {}

    /** The same array; of places of four bytes, which is what the samples have. */
    static byte[] moved(byte[] file, int by) {
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("iloc");
        if (by == 0 || at < 0 || at + 12 > file.length || file[at + 8] != 0x44) {
            return file;
        }
        var bytes = ByteBuffer.wrap(file);
        int version = file[at + 4];
        int base = (file[at + 9] >> 4) & 15;
        int count = bytes.getShort(at + 10) & 0xffff;
        int item = at + 12;
        for (int i = 0; i < count && item + 20 < file.length; i++) {
            item += version == 0 ? 4 : 6;
            int extents = bytes.getShort(item + base) & 0xffff;
            item += base + 2;
            for (int extent = 0; extent < extents && item + 8 <= file.length; extent++, item += 8) {
                bytes.putInt(item, bytes.getInt(item) + by);
            }
        }
        return file;
    }
}
