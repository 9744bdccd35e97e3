package dev.darkroom.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What can be wrong with a file: cut short, flipped, lying, spliced, swollen, something else altogether. The same for the same seed. */
final class Mutations {
    private static final int HEAD = 160;
    private static final long[] LIES = {0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffffL, 0x80000000L, 0xffffffffL};
    private static final String[] DISGUISES = {"GIF89a", "%PDF-1.7\n", "<html><script>", "PK\3\4", "\u0000\u0000\u0000\u0020ftypavif", "MZ", "#!/bin/sh\n"};

    private final List<byte[]> seeds;
    private final Random random;

    Mutations(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] file = anySeed().clone();
        return switch (random.nextInt(12)) {
            case 0 -> part(file, 0, random.nextInt(file.length));
            case 1 -> flipped(file, Math.min(file.length, HEAD));
            case 2 -> flipped(file, file.length);
            case 3 -> lying(file);
            case 4 -> lying(lying(file));
            case 5 -> splice(file, anySeed());
            case 6 -> without(file);
            case 7 -> repeated(file);
            case 8 -> noise(file);
            case 9 -> garbage(file);
            case 10 -> join(DISGUISES[random.nextInt(DISGUISES.length)].getBytes(StandardCharsets.ISO_8859_1), file);
            default -> part(file, 0, random.nextInt(Math.min(24, file.length)));
        };
    }

    private byte[] anySeed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] flipped(byte[] file, int within) {
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            file[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
    }

    /** A number of one, two or four bytes that is not true. */
    private byte[] lying(byte[] file) {
        int size = 1 << random.nextInt(3);
        int at = random.nextInt(Math.max(1, Math.min(file.length, random.nextBoolean() ? HEAD : file.length) - size));
        long lie = LIES[random.nextInt(LIES.length)];
        var bytes = ByteBuffer.wrap(file).order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        if (file.length < at + size) {
            return file;
        }
        switch (size) {
            case 1 -> bytes.put(at, (byte) lie);
            case 2 -> bytes.putShort(at, (short) lie);
            default -> bytes.putInt(at, (int) lie);
        }
        return file;
    }

    private byte[] splice(byte[] head, byte[] tail) {
        return join(part(head, 0, random.nextInt(head.length)), part(tail, random.nextInt(tail.length), tail.length));
    }

    private byte[] without(byte[] file) {
        int from = random.nextInt(file.length);
        int to = Math.min(file.length, from + 1 + random.nextInt(64));
        return join(part(file, 0, from), part(file, to, file.length));
    }

    private byte[] repeated(byte[] file) {
        int from = random.nextInt(file.length);
        int to = Math.min(file.length, from + 1 + random.nextInt(200));
        return join(part(file, 0, to), part(file, from, file.length));
    }

    private byte[] noise(byte[] file) {
        int from = random.nextInt(file.length);
        byte[] noise = new byte[Math.min(file.length - from, 1 + random.nextInt(64))];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, file, from, noise.length);
        return file;
    }

    /** Random bytes behind the few that say what they claim to be. */
    private byte[] garbage(byte[] file) {
        byte[] garbage = new byte[16 + random.nextInt(500)];
        random.nextBytes(garbage);
        int kept = Math.min(file.length, 2 + random.nextInt(14));
        System.arraycopy(file, 0, garbage, 0, kept);
        return garbage;
    }

    private static byte[] part(byte[] file, int from, int to) {
        return Arrays.copyOfRange(file, from, to);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
