package dev.darkroom.image.container.colour;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes an ICC profile (ICC.1:2022) of three primaries, or of gray, and one curve. */
public record MatrixProfile(Chromaticities primaries, byte[] curve) {
    private static final int HEADER = 128;
    private static final int VERSION_4 = 0x04300000;
    private static final double[] D50 = {0.9642, 1, 0.8249};
    /** Bradford's cone responses (ICC.1, annex E). */
    private static final double[][] CONES = {{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}};
    public static final byte[] SRGB_TONES = parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

    /** Of samples that are a power of light. */
    public static byte[] gamma(double exponent) {
        return parametric(0, exponent);
    }

    private static byte[] parametric(int kind, double... parameters) {
        var curve = ByteBuffer.allocate(12 + 4 * parameters.length).put(ascii("para")).putInt(0).putShort((short) kind).putShort((short) 0);
        for (double parameter : parameters) {
            curve.putInt(fixed(parameter));
        }
        return curve.array();
    }

    public byte[] bytes(boolean gray) {
        return bytes(gray ? "Gray of the file's own statement" : "Colours of the file's own statement", gray);
    }

    /** The profile under a name. */
    public byte[] bytes(String name, boolean gray) {
        var tags = new LinkedHashMap<String, byte[]>();
        tags.put("desc", text(name));
        tags.put("cprt", text("None"));
        tags.put("wtpt", xyz(D50));
        if (gray) {
            tags.put("kTRC", curve);
        } else {
            double[][] columns = columns(primaries);
            for (int i = 0; i < 3; i++) {
                tags.put("rgb".charAt(i) + "XYZ", xyz(columns[i]));
                tags.put("rgb".charAt(i) + "TRC", curve);
            }
        }
        return profile(gray ? "GRAY" : "RGB ", tags);
    }

    /** XYZ of each primary as it looks beside white of D50. */
    static double[][] columns(Chromaticities primaries) {
        double[] white = xyz(primaries.whiteX(), primaries.whiteY());
        double[][] pure = {xyz(primaries.redX(), primaries.redY()), xyz(primaries.greenX(), primaries.greenY()), xyz(primaries.blueX(), primaries.blueY())};
        double[] amounts = solved(pure, white);
        double[] from = times(CONES, white);
        double[] to = times(CONES, D50);
        double[][] adapted = new double[3][];
        for (int i = 0; i < 3; i++) {
            double[] cones = times(CONES, new double[] {pure[i][0] * amounts[i], pure[i][1] * amounts[i], pure[i][2] * amounts[i]});
            for (int c = 0; c < 3; c++) {
                cones[c] *= to[c] / from[c];
            }
            adapted[i] = solved(transposed(CONES), cones);
        }
        return adapted;
    }

    private static double[] xyz(double x, double y) {
        return new double[] {x / y, 1, (1 - x - y) / y};
    }

    /** How much of each column makes up the sum, by Cramer's rule. */
    private static double[] solved(double[][] columns, double[] sum) {
        double all = determinant(columns[0], columns[1], columns[2]);
        return new double[] {determinant(sum, columns[1], columns[2]) / all, determinant(columns[0], sum, columns[2]) / all,
            determinant(columns[0], columns[1], sum) / all};
    }

    private static double determinant(double[] a, double[] b, double[] c) {
        return a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1]);
    }

    private static double[] times(double[][] rows, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            product[i] = rows[i][0] * vector[0] + rows[i][1] * vector[1] + rows[i][2] * vector[2];
        }
        return product;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] other = new double[3][3];
        for (int i = 0; i < 9; i++) {
            other[i % 3][i / 3] = matrix[i / 3][i % 3];
        }
        return other;
    }

    private static byte[] profile(String space, Map<String, byte[]> tags) {
        int size = HEADER + 4 + 12 * tags.size() + tags.values().stream().mapToInt(tag -> padded(tag.length)).sum();
        var profile = ByteBuffer.allocate(size).putInt(size).putInt(0).putInt(VERSION_4).put(ascii("mntr")).put(ascii(space)).put(ascii("XYZ "))
                .putShort((short) 2026).putShort((short) 1).putShort((short) 1).position(36).put(ascii("acsp"))
                .position(68).putInt(fixed(D50[0])).putInt(fixed(D50[1])).putInt(fixed(D50[2])).position(HEADER).putInt(tags.size());
        int at = HEADER + 4 + 12 * tags.size();
        for (var tag : tags.entrySet()) {
            profile.put(ascii(tag.getKey())).putInt(at).putInt(tag.getValue().length).put(at, tag.getValue());
            at += padded(tag.getValue().length);
        }
        return profile.array();
    }

    private static byte[] xyz(double[] values) {
        return ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0).putInt(fixed(values[0])).putInt(fixed(values[1])).putInt(fixed(values[2])).array();
    }

    private static byte[] text(String text) {
        return ByteBuffer.allocate(28 + 2 * text.length()).put(ascii("mluc")).putInt(0).putInt(1).putInt(12).put(ascii("enUS"))
                .putInt(2 * text.length()).putInt(28).put(text.getBytes(StandardCharsets.UTF_16BE)).array();
    }

    private static int fixed(double value) {
        return (int) Math.round(value * 65536);
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
