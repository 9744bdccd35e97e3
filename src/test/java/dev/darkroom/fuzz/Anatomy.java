package dev.darkroom.fuzz;

import static dev.darkroom.image.Pictures.latin1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** What a file, or a part of one, is made of: pieces, and how lengths and sums around them are made true again when they have changed. */
enum Anatomy {
    /** Chunks: type and data; behind a signature of 8 bytes. */
    PNG(4) {
        @Override
        List<byte[]> pieces(byte[] file) {
            var pieces = start(file, 8);
            for (int at = 8; at + 12 <= file.length; ) {
                int length = u32(file, at);
                pieces.add(part(file, at + 4, 4L + length));
                at += 12 + Math.max(0, length);
            }
            return pieces;
        }

        @Override
        void join(byte[] piece, ByteArrayOutputStream file) {
            var sum = new CRC32();
            sum.update(piece);
            file.writeBytes(number(Math.max(0, piece.length - 4)));
            file.writeBytes(piece);
            file.writeBytes(number((int) sum.getValue()));
        }
    },
    /** Segments: marker and data, and the scans as a whole. */
    JPEG(1) {
        @Override
        List<byte[]> pieces(byte[] file) {
            var pieces = start(file, 2);
            int at = 2;
            while (at + 4 <= file.length && (file[at + 1] & 0xff) != 0xda) {
                int length = u16(file, at + 2);
                pieces.add(both(part(file, at + 1, 1), part(file, at + 4, length - 2L)));
                at += 2 + Math.max(2, length);
            }
            pieces.add(both(new byte[] {0}, part(file, at, file.length)));
            return pieces;
        }

        @Override
        void join(byte[] piece, ByteArrayOutputStream file) {
            if (piece.length == 0 || piece[0] == 0) {
                file.write(piece, Math.min(1, piece.length), Math.max(0, piece.length - 1));
                return;
            }
            file.write(0xff);
            file.write(piece[0]);
            file.writeBytes(Arrays.copyOfRange(number(piece.length + 1), 2, 4));
            file.write(piece, 1, piece.length - 1);
        }
    },
    /** WebP's chunks, behind "RIFF", a length and "WEBP". */
    RIFF(4) {
        @Override
        List<byte[]> pieces(byte[] file) {
            var pieces = start(file, 12);
            for (int at = 12; at + 8 <= file.length; ) {
                int length = Integer.reverseBytes(u32(file, at + 4));
                pieces.add(both(part(file, at, 4), part(file, at + 8, length)));
                at += 8 + Math.max(0, length) + (length & 1);
            }
            return pieces;
        }

        @Override
        void join(byte[] piece, ByteArrayOutputStream file) {
            byte[] type = Arrays.copyOf(piece, 4);
            int length = Math.max(0, piece.length - 4);
            file.writeBytes(type);
            file.writeBytes(number(Integer.reverseBytes(length)));
            file.write(piece, Math.min(4, piece.length), length);
            if ((length & 1) == 1) {
                file.write(0);
            }
        }

        @Override
        byte[] joined(List<byte[]> pieces) {
            byte[] file = super.joined(pieces);
            return file.length < 12 ? file : ByteBuffer.wrap(file).putInt(4, Integer.reverseBytes(file.length - 8)).array();
        }
    },
    /** Boxes: type and data. */
    BOXES(4) {
        @Override
        List<byte[]> pieces(byte[] file) {
            var pieces = start(file, 0);
            for (int at = 0; at + 8 <= file.length; ) {
                int length = u32(file, at);
                pieces.add(part(file, at + 4, length < 8 ? file.length : length - 4L));
                at = length < 8 ? file.length : at + length;
            }
            return pieces;
        }

        @Override
        void join(byte[] piece, ByteArrayOutputStream file) {
            file.writeBytes(number(piece.length + 4));
            file.writeBytes(piece);
        }
    },
    /** Photoshop's image resources: number, no name, data. */
    RESOURCES(2) {
        @Override
        List<byte[]> pieces(byte[] file) {
            var pieces = start(file, 0);
            for (int at = 0; at + 12 <= file.length; ) {
                int length = u32(file, at + 8);
                pieces.add(both(part(file, at + 4, 2), part(file, at + 12, length)));
                at += 12 + Math.max(0, length) + (length & 1);
            }
            return pieces;
        }

        @Override
        void join(byte[] piece, ByteArrayOutputStream file) {
            int length = Math.max(0, piece.length - 2);
            file.writeBytes(latin1("8BIM"));
            file.writeBytes(Arrays.copyOf(piece, 2));
            file.writeBytes(new byte[2]);
            file.writeBytes(number(length));
            file.write(piece, Math.min(2, piece.length), length);
            if ((length & 1) == 1) {
                file.write(0);
            }
        }
    },
    /** The press's data sets: record, number, data. */
    IPTC(2) {
        @Override
        List<byte[]> pieces(byte[] file) {
            var pieces = start(file, 0);
            for (int at = 0; at + 5 <= file.length; ) {
                int length = u16(file, at + 3);
                pieces.add(both(part(file, at + 1, 2), part(file, at + 5, length)));
                at += 5 + length;
            }
            return pieces;
        }

        @Override
        void join(byte[] piece, ByteArrayOutputStream file) {
            file.write(0x1c);
            file.writeBytes(Arrays.copyOf(piece, 2));
            file.writeBytes(Arrays.copyOfRange(number(Math.max(0, piece.length - 2)), 2, 4));
            file.write(piece, Math.min(2, piece.length), Math.max(0, piece.length - 2));
        }
    },
    /** XML's tags, each with the text behind it. */
    MARKUP(2) {
        @Override
        List<byte[]> pieces(byte[] file) {
            var pieces = start(file, 0);
            for (String tag : new String(file, StandardCharsets.ISO_8859_1).split("(?=<)|(?<==[\"'])|(?= [a-zA-Z]+:)")) {
                pieces.add(latin1(tag));
            }
            return pieces;
        }

        @Override
        void join(byte[] piece, ByteArrayOutputStream file) {
            file.writeBytes(piece);
        }
    };

    private static final Set<String> HOLD_BOXES = Set.of("meta", "iprp", "ipco", "iinf", "iref");
    /** Bytes of a piece that say what it is. */
    private final int name;

    Anatomy(int name) {
        this.name = name;
    }

    int bytesOfName() {
        return name;
    }

    /** The first is what stands before them all, and is written as it is. */
    abstract List<byte[]> pieces(byte[] file);

    abstract void join(byte[] piece, ByteArrayOutputStream file);

    byte[] joined(List<byte[]> pieces) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(pieces.get(0));
        pieces.subList(1, pieces.size()).forEach(piece -> join(piece, file));
        return file.toByteArray();
    }

    /** Of what begins like this; empty: it has no pieces that are known. */
    static Optional<Anatomy> of(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, 64), StandardCharsets.ISO_8859_1);
        return head.startsWith("\u0089PNG") ? Optional.of(PNG) : head.startsWith("\u00ff\u00d8") ? Optional.of(JPEG) : head.startsWith("RIFF") ? Optional.of(RIFF)
                : head.startsWith("8BIM") ? Optional.of(RESOURCES) : head.startsWith("\u001c") ? Optional.of(IPTC) : head.startsWith("<") ? Optional.of(MARKUP)
                : head.length() > 8 && head.startsWith("ftyp", 4) ? Optional.of(BOXES) : Optional.empty();
    }

    /** Where in a piece something begins that has an anatomy of its own, or is a TIFF; -1 if nothing does. */
    int inside(byte[] piece) {
        String text = new String(piece, 0, Math.min(piece.length, 80), StandardCharsets.ISO_8859_1);
        if (this == BOXES) {
            String type = text.substring(0, Math.min(4, text.length()));
            return !HOLD_BOXES.contains(type) ? -1 : type.equals("iinf") ? 10 : type.equals("meta") || type.equals("iref") ? 8 : 4;
        }
        if (this == RESOURCES && piece.length > 2) {
            return 2;
        }
        for (String magic : new String[] {"II*\0", "MM\0*", "8BIM", "<x:xmpmeta", "<?xpacket"}) {
            if (text.indexOf(magic) > 0) {
                return text.indexOf(magic);
            }
        }
        return -1;
    }

    private static List<byte[]> start(byte[] file, int length) {
        return new ArrayList<>(List.of(part(file, 0, length)));
    }

    private static byte[] part(byte[] file, int at, long length) {
        int from = Math.min(file.length, at);
        return Arrays.copyOfRange(file, from, (int) Math.max(from, Math.min(file.length, from + length)));
    }

    private static byte[] both(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static int u32(byte[] file, int at) {
        return ByteBuffer.wrap(file).getInt(at);
    }

    private static int u16(byte[] file, int at) {
        return ByteBuffer.wrap(file).getShort(at) & 0xffff;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
