package dev.darkroom.image.raw;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws DNGs: a first directory with a preview, below it the photograph, in strips or tiles of any coding that is read. */
public final class Dng {
    public static final int BYTE = 1;
    public static final int ASCII = 2;
    public static final int SHORT = 3;
    public static final int LONG = 4;
    public static final int RATIONAL = 5;
    public static final int SRATIONAL = 10;
    public static final int DOUBLE = 12;
    private static final int PREVIEW_SIDE = 4;
    private static final double DENOMINATOR = 1_000_000;

    private record Field(int type, double[] values) {
        int bytes() {
            return values.length * switch (type) {
                case BYTE, ASCII -> 1;
                case SHORT -> 2;
                case LONG -> 4;
                default -> 8;
            };
        }
    }

    private final SortedMap<Integer, Field> first = new TreeMap<>();
    private final SortedMap<Integer, Field> photograph = new TreeMap<>();
    private final int width;
    private final int height;
    private final int planes;
    private final int bits;
    private final int[] samples;
    private SamplesWriter writer = SamplesWriter.packed();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int pieceWidth;
    private int pieceHeight;
    private boolean tiled;
    private boolean flat;

    /** @param samples row by row, all planes of a pixel together: 1 of a mosaic, 3 of colours */
    public Dng(int width, int height, int planes, int bits, int[] samples) {
        this.width = width;
        this.height = height;
        this.planes = planes;
        this.bits = bits;
        this.samples = samples;
        pieceWidth = width;
        pieceHeight = height;
        first(254, LONG, 1).first(256, LONG, PREVIEW_SIDE).first(257, LONG, PREVIEW_SIDE).first(258, SHORT, 8, 8, 8).first(259, SHORT, 1).first(262, SHORT, 2)
                .first(273, LONG, 0).first(277, SHORT, 3).first(278, LONG, PREVIEW_SIDE).first(279, LONG, 3 * PREVIEW_SIDE * PREVIEW_SIDE)
                .first(50706, BYTE, 1, 4, 0, 0).first(50707, BYTE, 1, 1, 0, 0).text(50708, "Darkroom Drawing").text(271, "Darkroom").text(272, "Drawing")
                // XYZ to sRGB's light: a camera that sees as a screen shows.
                .first(50721, SRATIONAL, 3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252)
                .first(50778, SHORT, 21).first(50728, RATIONAL, 1, 1, 1);
        with(254, LONG, 0).with(256, LONG, width).with(257, LONG, height).with(258, SHORT, filled(planes, bits)).with(277, SHORT, planes)
                .with(262, SHORT, planes == 1 ? 32803 : 34892);
        if (planes == 1) {
            with(33421, SHORT, 2, 2).cfa(0, 1, 1, 2);
        }
    }

    private static double[] filled(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    /** A field of the first directory. */
    public Dng first(int tag, int type, double... values) {
        first.put(tag, new Field(type, values));
        return this;
    }

    public Dng text(int tag, String text) {
        byte[] latin1 = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
        double[] values = new double[latin1.length];
        Arrays.setAll(values, i -> latin1[i]);
        return first(tag, ASCII, values);
    }

    /** A field of the photograph's directory. */
    public Dng with(int tag, int type, double... values) {
        photograph.put(tag, new Field(type, values));
        return this;
    }

    public Dng without(int tag) {
        first.remove(tag);
        photograph.remove(tag);
        return this;
    }

    public Dng cfa(double... colours) {
        return with(33422, BYTE, colours);
    }

    public Dng levels(double black, double white) {
        return with(50714, RATIONAL, black).with(50717, LONG, white);
    }

    public Dng coded(SamplesWriter by) {
        writer = by;
        return this;
    }

    public Dng strips(int rows) {
        pieceHeight = rows;
        return this;
    }

    public Dng tiles(int across, int down) {
        pieceWidth = across;
        pieceHeight = down;
        tiled = true;
        return this;
    }

    public Dng bigEndian() {
        order = ByteOrder.BIG_ENDIAN;
        return this;
    }

    /** With the photograph in the first directory, and no preview. */
    public Dng flat() {
        flat = true;
        return this;
    }

    public byte[] file() {
        var pieces = pieces();
        var places = new double[pieces.size()];
        var lengths = new double[pieces.size()];
        Arrays.setAll(lengths, i -> pieces.get(i).length);
        with(259, SHORT, writer.compression()).with(tiled ? 324 : 273, LONG, places).with(tiled ? 325 : 279, LONG, lengths);
        if (tiled) {
            with(322, LONG, pieceWidth).with(323, LONG, pieceHeight);
        } else {
            with(278, LONG, pieceHeight);
        }
        writer.predictor().ifPresent(predictor -> with(317, SHORT, predictor));
        SortedMap<Integer, Field> top = new TreeMap<>(first);
        if (flat) {
            top.putAll(photograph);
        } else {
            top.put(330, new Field(LONG, new double[1]));
        }
        int below = 8 + size(top);
        int preview = below + (flat ? 0 : size(photograph));
        int at = preview + (flat ? 0 : 3 * PREVIEW_SIDE * PREVIEW_SIDE);
        for (int i = 0; i < places.length; i++) {
            places[i] = at;
            at += pieces.get(i).length;
        }
        var file = ByteBuffer.allocate(at).order(order).put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
                .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I')).putShort((short) 42).putInt(8);
        if (!flat) {
            top.put(330, new Field(LONG, new double[] {below}));
            top.put(273, new Field(LONG, new double[] {preview}));
        }
        directory(file, top);
        if (!flat) {
            directory(file, photograph);
            file.position(file.position() + 3 * PREVIEW_SIDE * PREVIEW_SIDE);
        }
        pieces.forEach(file::put);
        return file.array();
    }

    private List<byte[]> pieces() {
        List<byte[]> pieces = new ArrayList<>();
        for (int y = 0; y < height; y += pieceHeight) {
            for (int x = 0; x < width; x += pieceWidth) {
                int rows = tiled ? pieceHeight : Math.min(pieceHeight, height - y);
                var piece = new int[rows * pieceWidth * planes];
                for (int i = 0; i < piece.length; i++) {
                    int column = Math.min(width - 1, x + i / planes % pieceWidth);
                    int row = Math.min(height - 1, y + i / planes / pieceWidth);
                    piece[i] = samples[(row * width + column) * planes + i % planes];
                }
                pieces.add(writer.write(piece, pieceWidth, planes, bits, order));
            }
        }
        return pieces;
    }

    private static int size(SortedMap<Integer, Field> fields) {
        return 6 + 12 * fields.size() + fields.values().stream().mapToInt(field -> field.bytes() > 4 ? even(field.bytes()) : 0).sum();
    }

    private static int even(int length) {
        return length + (length & 1);
    }

    private static void directory(ByteBuffer file, SortedMap<Integer, Field> fields) {
        int behind = file.position() + 6 + 12 * fields.size();
        file.putShort((short) fields.size());
        for (var entry : fields.entrySet()) {
            Field field = entry.getValue();
            file.putShort(entry.getKey().shortValue()).putShort((short) field.type()).putInt(field.values().length);
            int next = file.position() + 4;
            if (field.bytes() > 4) {
                file.putInt(behind).position(behind);
                behind += even(field.bytes());
            }
            for (double value : field.values()) {
                put(file, field.type(), value);
            }
            file.position(next);
        }
        file.putInt(0).position(behind);
    }

    private static void put(ByteBuffer file, int type, double value) {
        switch (type) {
            case BYTE, ASCII -> file.put((byte) value);
            case SHORT -> file.putShort((short) value);
            case LONG -> file.putInt((int) (long) value);
            case DOUBLE -> file.putDouble(value);
            default -> file.putInt((int) Math.round(value * DENOMINATOR)).putInt((int) DENOMINATOR);
        }
    }
}
