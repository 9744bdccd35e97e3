package dev.darkroom.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Colour profiles (ICC.1:2001-04) made up from published primaries and curves. */
public final class Profiles {
    private static final int CURVE_STEPS = 1024;

    private Profiles() {}

    public static byte[] srgb() {
        return ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    }

    /** P3's primaries with sRGB's tones. */
    public static byte[] displayP3() {
        return rgb(new double[][] {{0.51512, 0.2412, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.1571, 0.06657, 0.78407}}, Profiles::srgbToLinear);
    }

    /** Adobe RGB (1998): wide primaries and a gamma of 563/256. */
    public static byte[] adobeRgb() {
        return rgb(new double[][] {{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}}, v -> Math.pow(v, 563 / 256.0));
    }

    /** ROMM's primaries and gamma 1.8. */
    public static byte[] proPhoto() {
        return rgb(new double[][] {{0.79767, 0.28804, 0}, {0.13519, 0.71188, 0}, {0.03134, 0.00008, 0.8251}}, v -> Math.pow(v, 1.8));
    }

    /** sRGB's primaries; black up to a third and white from seven eighths on, as e-sRGB has it. */
    public static byte[] flatEnds() {
        return rgb(new double[][] {{0.4361, 0.2225, 0.0139}, {0.3851, 0.7169, 0.0971}, {0.1431, 0.0606, 0.7139}},
                v -> Math.pow(Math.max(0, Math.min(1, (v - 0.345) / 0.53)), 2.2));
    }

    /** Gray with sRGB's tones. */
    public static byte[] gray() {
        return gray(Profiles::srgbToLinear);
    }

    public static byte[] grayOfGamma(double gamma) {
        return gray(v -> Math.pow(v, gamma));
    }

    /** Inks that are nearly what magenta, cyan and yellow should be, and whose black is dark gray: a table of the sixteen overprints. */
    public static byte[] cmyk() {
        var table = ByteBuffer.allocate(48 + 4 * 256 + 16 * 3 + 3 * 256);
        table.put(latin1("mft1")).putInt(0).put(new byte[] {4, 3, 2, 0});
        for (int i = 0; i < 9; i++) {
            table.putInt(i % 4 == 0 ? 1 << 16 : 0);
        }
        identity(table, 4);
        for (int overprint = 0; overprint < 16; overprint++) {
            double light = (overprint & 1) == 0 ? 1 : 0.15;
            double red = light * ((overprint & 8) == 0 ? 1 : 0.1);
            double green = light * ((overprint & 4) == 0 ? 1 : 0.1);
            double blue = light * ((overprint & 2) == 0 ? 1 : 0.1);
            table.put(lab(red, green, blue));
        }
        identity(table, 3);
        return profile("prtr", "CMYK", "Lab ", Map.of("A2B0", table.array()));
    }

    private static void identity(ByteBuffer table, int channels) {
        for (int i = 0; i < channels * 256; i++) {
            table.put((byte) i);
        }
    }

    /** Of linear light, as eight bits each of L*, a* and b*. */
    private static byte[] lab(double red, double green, double blue) {
        double x = f((0.4361 * red + 0.3851 * green + 0.1431 * blue) / 0.9642);
        double y = f(0.2225 * red + 0.7169 * green + 0.0606 * blue);
        double z = f((0.0139 * red + 0.0971 * green + 0.7142 * blue) / 0.8249);
        return new byte[] {(byte) Math.round((116 * y - 16) * 2.55), (byte) Math.round(500 * (x - y) + 128), (byte) Math.round(200 * (y - z) + 128)};
    }

    private static double f(double t) {
        return t > 216 / 24389.0 ? Math.cbrt(t) : (24389 / 27.0 * t + 16) / 116;
    }

    public static double srgbToLinear(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static byte[] gray(DoubleUnaryOperator toLinear) {
        var tags = new LinkedHashMap<String, byte[]>();
        tags.put("wtpt", xyz(0.9642, 1, 0.8249));
        tags.put("kTRC", curve(toLinear));
        return profile("mntr", "GRAY", "XYZ ", tags);
    }

    private static byte[] rgb(double[][] primaries, DoubleUnaryOperator toLinear) {
        var tags = new LinkedHashMap<String, byte[]>();
        tags.put("wtpt", xyz(0.9642, 1, 0.8249));
        for (int c = 0; c < 3; c++) {
            String colour = "rgb".substring(c, c + 1);
            tags.put(colour + "XYZ", xyz(primaries[c][0], primaries[c][1], primaries[c][2]));
            tags.put(colour + "TRC", curve(toLinear));
        }
        return profile("mntr", "RGB ", "XYZ ", tags);
    }

    private static byte[] xyz(double x, double y, double z) {
        return ByteBuffer.allocate(20).put(latin1("XYZ ")).putInt(0)
                .putInt((int) Math.round(x * 65536)).putInt((int) Math.round(y * 65536)).putInt((int) Math.round(z * 65536)).array();
    }

    private static byte[] curve(DoubleUnaryOperator toLinear) {
        var curve = ByteBuffer.allocate(12 + 2 * CURVE_STEPS).put(latin1("curv")).putInt(0).putInt(CURVE_STEPS);
        for (int i = 0; i < CURVE_STEPS; i++) {
            curve.putShort((short) Math.round(65535 * toLinear.applyAsDouble(i / (CURVE_STEPS - 1.0))));
        }
        return curve.array();
    }

    private static byte[] profile(String kind, String space, String connection, Map<String, byte[]> tags) {
        int size = 128 + 4 + 12 * tags.size() + tags.values().stream().mapToInt(tag -> tag.length).sum();
        var profile = ByteBuffer.allocate(size).putInt(size).put(latin1("test")).putInt(0x02400000)
                .put(latin1(kind)).put(latin1(space)).put(latin1(connection)).putShort((short) 2026).putShort((short) 1).putShort((short) 1)
                .position(36).put(latin1("acsp")).position(68).putInt(0xf6d6).putInt(0x10000).putInt(0xd32d).position(128);
        profile.putInt(tags.size());
        int at = 132 + 12 * tags.size();
        for (var tag : tags.entrySet()) {
            profile.put(latin1(tag.getKey())).putInt(at).putInt(tag.getValue().length);
            at += tag.getValue().length;
        }
        tags.values().forEach(profile::put);
        return profile.array();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
