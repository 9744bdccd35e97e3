package dev.darkroom.fuzz;

import static dev.darkroom.image.Pictures.join;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Files that are put together as a format wants it and say what they should not: pieces are missing, double, in another order, from other
 * files, under other names, or lie, while lengths and sums around them are true, so that readers come as far as what is wrong.
 */
final class Grammar {
    private static final int MOST_CHANGES = 3;
    private static final int DEEPEST = 6;
    private static final int LONGEST = 1 << 18;
    private static final int[] BMP_NUMBERS = {10, 14, 18, 22, 26, 28, 30, 34, 38, 46, 50, 54, 58, 62, 66, 70, 126, 130};

    private final List<byte[]> seeds;
    private final Random random;

    /** @param random decides everything, so that whoever writes down its numbers has written down the file */
    Grammar(List<byte[]> seeds, Random random) {
        this.seeds = seeds;
        this.random = random;
    }

    byte[] next() {
        byte[] file = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            file = changed(file, 0);
        }
        return file;
    }

    private byte[] changed(byte[] part, int depth) {
        if (TiffLies.fits(part)) {
            return TiffLies.told(part, random);
        }
        Optional<Anatomy> anatomy = Anatomy.of(part);
        if (anatomy.isPresent()) {
            return rearranged(part, anatomy.get(), depth);
        }
        return part.length > 30 && part[0] == 'B' && part[1] == 'M' ? lying(part, BMP_NUMBERS[random.nextInt(BMP_NUMBERS.length)], ByteOrder.LITTLE_ENDIAN) : edited(part, 0);
    }

    private byte[] rearranged(byte[] part, Anatomy anatomy, int depth) {
        List<byte[]> pieces = anatomy.pieces(part);
        if (pieces.size() < 2) {
            return edited(part, 0);
        }
        int at = 1 + random.nextInt(pieces.size() - 1);
        byte[] piece = pieces.get(at);
        switch (random.nextInt(10)) {
            case 0 -> pieces.remove(at);
            case 1 -> pieces.add(1 + random.nextInt(pieces.size() - 1), piece);
            case 2 -> Collections.swap(pieces, at, 1 + random.nextInt(pieces.size() - 1));
            case 3 -> others(anatomy).ifPresent(other -> pieces.add(at, other));
            case 4 -> others(anatomy).ifPresent(other -> pieces.set(at, named(piece, other, anatomy.bytesOfName())));
            case 5 -> pieces.set(at, Arrays.copyOf(piece, random.nextInt(piece.length + 1)));
            case 6 -> pieces.addAll(at, Collections.nCopies(Math.min(1 << random.nextInt(11), LONGEST / Math.max(1, piece.length)), piece));
            default -> pieces.set(at, inside(piece, anatomy, depth));
        }
        byte[] joined = anatomy.joined(pieces);
        return anatomy == Anatomy.BOXES && depth == 0 ? ItemPlaces.moved(joined, mediaAt(joined) - mediaAt(part)) : joined;
    }

    /** What has an anatomy of its own is changed by that, mostly. */
    private byte[] inside(byte[] piece, Anatomy anatomy, int depth) {
        int from = depth < DEEPEST && random.nextInt(4) > 0 ? anatomy.inside(piece) : -1;
        if (from < 0 || from >= piece.length) {
            return edited(piece, anatomy.bytesOfName());
        }
        byte[] within = Arrays.copyOfRange(piece, from, piece.length);
        return join(Arrays.copyOf(piece, from), anatomy == Anatomy.BOXES ? rearranged(within, anatomy, depth + 1) : changed(within, depth + 1));
    }

    /** Numbers near its head, as most formats have them there. */
    private byte[] edited(byte[] piece, int from) {
        int room = Math.min(piece.length, from + 48) - from;
        return room < 1 ? piece : lying(piece, from + random.nextInt(room), random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] lying(byte[] piece, int at, ByteOrder order) {
        byte[] lying = piece.clone();
        var bytes = ByteBuffer.wrap(lying).order(order);
        int number = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(33);
            case 1 -> -1 - random.nextInt(2);
            case 2 -> 1 << random.nextInt(32);
            case 3 -> Integer.MAX_VALUE;
            default -> random.nextInt();
        };
        switch (random.nextInt(3)) {
            case 0 -> bytes.put(Math.min(at, lying.length - 1), (byte) number);
            case 1 -> {
                if (at + 2 <= lying.length) {
                    bytes.putShort(at, (short) number);
                }
            }
            default -> {
                if (at + 4 <= lying.length) {
                    bytes.putInt(at, number);
                }
            }
        }
        return lying;
    }

    /** A piece of another file of the same anatomy, found in a few tries. */
    private Optional<byte[]> others(Anatomy anatomy) {
        for (int i = 0; i < 8; i++) {
            byte[] other = seeds.get(random.nextInt(seeds.size()));
            if (Anatomy.of(other).equals(Optional.of(anatomy))) {
                List<byte[]> pieces = anatomy.pieces(other);
                return pieces.size() < 2 ? Optional.empty() : Optional.of(pieces.get(1 + random.nextInt(pieces.size() - 1)));
            }
        }
        return Optional.empty();
    }

    private static byte[] named(byte[] piece, byte[] other, int bytes) {
        byte[] renamed = piece.clone();
        System.arraycopy(other, 0, renamed, 0, Math.min(bytes, Math.min(piece.length, other.length)));
        return renamed;
    }

    private static int mediaAt(byte[] file) {
        return Math.max(0, new String(file, StandardCharsets.ISO_8859_1).indexOf("mdat"));
    }
}
