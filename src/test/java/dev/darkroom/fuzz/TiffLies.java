package dev.darkroom.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A TIFF, or a block of EXIF, whose directories say in place what is not true. */
final class TiffLies {
    private static final int ENTRY = 12;
    private static final int MOST_ENTRIES = 400;
    /** Of directories; of the picture; of metadata. */
    private static final int[] TAGS = {34665, 34853, 40965, 330, 254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 284, 296, 301, 317, 320, 322, 323, 324, 325, 332, 338, 339,
        347, 513, 514, 529, 530, 532, 700, 32996, 33723, 34377, 34675, 37724, 50706, 315, 33432, 40962};
    private static final int[] CODES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 32, 64, 255, 32773, 32803, 32946, 34712, 34892};

    private final byte[] file;
    private final ByteBuffer bytes;
    private final Random random;
    private final List<Integer> entries = new ArrayList<>();
    private final List<Integer> nexts = new ArrayList<>();

    private TiffLies(byte[] file, Random random) {
        this.file = file;
        this.random = random;
        bytes = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        find(bytes.getInt(4), 0);
    }

    static boolean fits(byte[] file) {
        return file.length >= 16 && (file[0] == 'I' && file[1] == 'I' && file[2] == 42 || file[0] == 'M' && file[1] == 'M' && file[3] == 42);
    }

    /** The same array. */
    static byte[] told(byte[] file, Random random) {
        var lies = new TiffLies(file, random);
        for (int i = random.nextInt(3); i >= 0; i--) {
            lies.lie();
        }
        return file;
    }

    private void find(int at, int depth) {
        if (depth > 6 || at < 8 || at > file.length - 6) {
            return;
        }
        int count = bytes.getShort(at) & 0xffff;
        for (int i = 0; i < count && entries.size() < MOST_ENTRIES && at + 2 + ENTRY * (i + 1) <= file.length; i++) {
            int entry = at + 2 + ENTRY * i;
            entries.add(entry);
            int tag = bytes.getShort(entry) & 0xffff;
            if (tag == 34665 || tag == 34853 || tag == 40965 || tag == 330) {
                find(bytes.getInt(entry + 8), depth + 1);
            }
        }
        int next = at + 2 + ENTRY * count;
        if (next + 4 <= file.length) {
            nexts.add(next);
            find(bytes.getInt(next), depth + 1);
        }
    }

    private void lie() {
        if (entries.isEmpty()) {
            return;
        }
        int entry = entries.get(random.nextInt(entries.size()));
        switch (random.nextInt(8)) {
            case 0 -> bytes.putShort(entry, (short) TAGS[random.nextInt(TAGS.length)]);
            case 1 -> bytes.putShort(entry + 2, (short) random.nextInt(20));
            case 2 -> bytes.putInt(entry + 4, number());
            case 3 -> bytes.putInt(entry + 8, number());
            case 4 -> bytes.putShort(entry + 8, (short) CODES[random.nextInt(CODES.length)]);
            case 5 -> System.arraycopy(file, entries.get(random.nextInt(entries.size())), file, entry, ENTRY);
            case 6 -> System.arraycopy(file, entries.get(random.nextInt(entries.size())) + 4, file, entry + 4, 8);
            default -> {
                if (!nexts.isEmpty()) {
                    bytes.putInt(nexts.get(random.nextInt(nexts.size())), number());
                }
            }
        }
    }

    /** A place that matters, or a number at an edge. */
    private int number() {
        return switch (random.nextInt(7)) {
            case 0 -> random.nextInt(4);
            case 1 -> file.length - random.nextInt(4);
            case 2 -> entries.get(random.nextInt(entries.size())) - 2;
            case 3 -> Integer.MAX_VALUE - random.nextInt(2);
            case 4 -> -1 - random.nextInt(2);
            case 5 -> 1 << random.nextInt(31);
            default -> random.nextInt(Math.max(1, file.length));
        };
    }
}
