package dev.darkroom.image.raw;

import java.io.ByteArrayOutputStream;

/**
 * Writes lossless JPEGs (ITU-T T.81, process 14).
 *
 * @param components   that a row's samples are dealt out to in turn
 * @param restartLines after so many a restart; 0: never
 * @param longCodes    whether some codes have 16 bits; otherwise all have 5
 * @param longSixteens whether a difference of 16 bits is followed by them, as before DNG 1.1
 */
public record LosslessJpegWriter(int components, int predictor, int precision, int restartLines, boolean longCodes, boolean longSixteens) {
    private static final int LENGTHS = 17;

    public static LosslessJpegWriter of(int components, int predictor, int precision) {
        return new LosslessJpegWriter(components, predictor, precision, 0, false, false);
    }

    LosslessJpegWriter restarting(int lines) {
        return new LosslessJpegWriter(components, predictor, precision, lines, longCodes, longSixteens);
    }

    LosslessJpegWriter withLongCodes() {
        return new LosslessJpegWriter(components, predictor, precision, restartLines, true, longSixteens);
    }

    LosslessJpegWriter asBefore11() {
        return new LosslessJpegWriter(components, predictor, precision, restartLines, longCodes, true);
    }

    private int codeLength(int difference) {
        return !longCodes ? 5 : Math.min(16, difference + 2);
    }

    byte[] write(int[] samples, int inLine) {
        int lines = samples.length / inLine;
        var out = new ByteArrayOutputStream();
        put16(out, 0xffd8);
        put16(out, 0xffc4);
        put16(out, 2 + 1 + 16 + LENGTHS);
        out.write(0);
        for (int length = 1; length <= 16; length++) {
            int count = 0;
            for (int difference = 0; difference < LENGTHS; difference++) {
                count += codeLength(difference) == length ? 1 : 0;
            }
            out.write(count);
        }
        for (int difference = 0; difference < LENGTHS; difference++) {
            out.write(difference);
        }
        if (restartLines > 0) {
            put16(out, 0xffdd);
            put16(out, 4);
            put16(out, restartLines * (inLine / components));
        }
        put16(out, 0xffc3);
        put16(out, 8 + 3 * components);
        out.write(precision);
        put16(out, lines);
        put16(out, inLine / components);
        out.write(components);
        for (int c = 0; c < components; c++) {
            out.write(c + 1);
            out.write(0x11);
            out.write(0);
        }
        put16(out, 0xffda);
        put16(out, 6 + 2 * components);
        out.write(components);
        for (int c = 0; c < components; c++) {
            out.write(c + 1);
            out.write(0);
        }
        out.write(predictor);
        out.write(0);
        out.write(0);
        code(samples, inLine, new Bits(out));
        put16(out, 0xffd9);
        return out.toByteArray();
    }

    private void code(int[] samples, int inLine, Bits bits) {
        for (int i = 0; i < samples.length; i++) {
            int line = i / inLine;
            boolean first = line == 0 || restartLines > 0 && line % restartLines == 0;
            if (first && line > 0 && i % inLine == 0) {
                bits.restart(line / restartLines - 1 & 7);
            }
            boolean left = i % inLine < components;
            int predicted = left ? first ? 1 << precision - 1 : samples[i - inLine]
                    : first ? samples[i - components] : predicted(samples[i - components], samples[i - inLine], samples[i - inLine - components]);
            difference((short) (samples[i] - predicted), bits);
        }
        bits.flush();
    }

    private int predicted(int left, int above, int corner) {
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + (above - corner >> 1);
            case 6 -> above + (left - corner >> 1);
            default -> left + above >> 1;
        };
    }

    private void difference(int difference, Bits bits) {
        int length = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        int code = 0;
        for (int before = 0, at = codeLength(0); before < length; before++) {
            code = code + 1 << codeLength(before + 1) - at;
            at = codeLength(before + 1);
        }
        bits.put(code, codeLength(length));
        if (length < 16 || longSixteens) {
            bits.put(difference < 0 ? difference + (1 << length) - 1 : difference, length);
        }
    }

    private static void put16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /** Entropy-coded bits, zeros stuffed behind bytes of ones. */
    private static final class Bits {
        private final ByteArrayOutputStream out;
        private int held;
        private int count;

        Bits(ByteArrayOutputStream out) {
            this.out = out;
        }

        void put(int value, int length) {
            for (int i = length - 1; i >= 0; i--) {
                held = held << 1 | value >> i & 1;
                if (++count == 8) {
                    out.write(held);
                    if ((held & 0xff) == 0xff) {
                        out.write(0);
                    }
                    held = 0;
                    count = 0;
                }
            }
        }

        void flush() {
            while (count > 0) {
                put(1, 1);
            }
        }

        void restart(int number) {
            flush();
            put16(out, 0xffd0 + number);
        }
    }
}
