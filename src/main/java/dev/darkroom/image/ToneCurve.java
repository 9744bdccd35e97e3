package dev.darkroom.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How samples of a colour profile become samples with sRGB's tones, and back.
 *
 * <p>Networks know the tones of sRGB. Only these are converted: primaries stay the file's own, for a conversion of gamut would
 * clip what a wide one can show. The curve is the profile's neutral axis as the JDK's colour management sees it, so it exists
 * for matrix, parametric, table and gray profiles alike.
 */
final class ToneCurve {
    private static final int VALUES = 1 << 16;
    /** 8 bits at full scale of 16. */
    private static final int STEP_OF_8_BITS = 257;
    /** Nearer to black and white than this the ends of a curve have to be, or it could not be undone. */
    private static final int END_TOLERANCE = VALUES / 16;
    /**
     * The curve rises by at least one for so many values, so that none is further off when it comes back: near black, where sRGB's tones are
     * flatter than a gamma's, it would not.
     */
    private static final int FLATTEST = 5;
    /** How much lighter than sRGB's it may become by that: a gamma of 2.2 needs half a step of 8 bits, one of 2.6 one and a half. */
    private static final int MOST_LIFTED = 2 * STEP_OF_8_BITS;
    private static final int REMEMBERED = 16;
    private static final int LONGEST_REMEMBERED = 1 << 16;
    private static final Map<ByteBuffer, Optional<ToneCurve>> RECENT = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Optional<ToneCurve>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Values that are those of sRGB already, in 16 bits. */
    static final ToneCurve SRGB = new ToneCurve(identity());

    private final short[] toWorking;
    private final short[] toFile;

    private ToneCurve(int[] working) {
        toWorking = new short[VALUES];
        for (int i = 0; i < VALUES; i++) {
            toWorking[i] = (short) working[i];
        }
        toFile = inverse(working);
    }

    /** Empty if the profile's tones are sRGB's, within half a step of 8 bits, or if they cannot be read or undone. */
    static Optional<ToneCurve> of(byte[] profile) {
        if (profile.length > LONGEST_REMEMBERED) {
            return read(profile);
        }
        synchronized (RECENT) {
            return RECENT.computeIfAbsent(ByteBuffer.wrap(profile), bytes -> read(bytes.array()));
        }
    }

    private static Optional<ToneCurve> read(byte[] profile) {
        try {
            ICC_Profile icc = ICC_Profile.getInstance(profile);
            int space = icc.getColorSpaceType();
            if (space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_GRAY) {
                return Optional.empty();
            }
            int[] coarse = neutralAxis(icc, 256);
            return isSrgb(coarse) ? Optional.empty() : undoable(neutralAxis(icc, VALUES)).map(ToneCurve::new);
        } catch (IllegalArgumentException | CMMException damagedProfile) {
            return Optional.empty();
        }
    }

    /** The sRGB values, 0 to 65535, of so many neutral values from black to white. */
    private static int[] neutralAxis(ICC_Profile icc, int values) {
        int bands = icc.getNumComponents();
        WritableRaster ramp = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, values, 1, bands, null);
        int[] pixel = new int[bands];
        for (int i = 0; i < values; i++) {
            Arrays.fill(pixel, i * (VALUES - 1) / (values - 1));
            ramp.setPixel(i, 0, pixel);
        }
        WritableRaster srgb = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, values, 1, 3, null);
        new ColorConvertOp(new ICC_Profile[] {icc, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null).filter(ramp, srgb);
        return srgb.getSamples(0, 0, values, 1, 1, (int[]) null);
    }

    private static boolean isSrgb(int[] coarse) {
        for (int i = 0; i < coarse.length; i++) {
            if (Math.abs(coarse[i] - i * STEP_OF_8_BITS) > STEP_OF_8_BITS / 2) {
                return false;
            }
        }
        return true;
    }

    /** The curve made steep enough; empty if it falls somewhere, or is flat for too long. */
    private static Optional<int[]> undoable(int[] curve) {
        int[] steeper = new int[VALUES];
        for (int i = 0; i < VALUES; i++) {
            int least = i < FLATTEST ? 0 : steeper[i - FLATTEST] + 1;
            steeper[i] = Math.min(VALUES - 1, Math.max(curve[i], least));
            if (i > 0 && curve[i] < curve[i - 1] || steeper[i] - curve[i] > MOST_LIFTED) {
                return Optional.empty();
            }
        }
        boolean flatAtWhite = steeper[VALUES - 1 - STEP_OF_8_BITS / 2] == VALUES - 1;
        boolean ends = steeper[0] < END_TOLERANCE && steeper[VALUES - 1] >= VALUES - END_TOLERANCE && !flatAtWhite;
        return ends ? Optional.of(steeper) : Optional.empty();
    }

    /** For each working value the middle of the file's values that come nearest to it; black stays black and white stays white. */
    private static short[] inverse(int[] working) {
        int[] reached = new int[VALUES];
        int[] middle = new int[VALUES];
        int runs = 0;
        for (int start = 0, end; start < VALUES; start = end) {
            end = start + 1;
            while (end < VALUES && working[end] == working[start]) {
                end++;
            }
            reached[runs] = working[start];
            middle[runs++] = start == 0 ? 0 : end == VALUES ? VALUES - 1 : (start + end - 1) / 2;
        }
        short[] inverse = new short[VALUES];
        for (int value = 0, run = 0; value < VALUES; value++) {
            while (run + 1 < runs && Math.abs(reached[run + 1] - value) <= Math.abs(reached[run] - value)) {
                run++;
            }
            inverse[value] = (short) middle[run];
        }
        return inverse;
    }

    private static int[] identity() {
        int[] values = new int[VALUES];
        Arrays.setAll(values, i -> i);
        return values;
    }

    /** Takes all that is left of {@code stored}, of 8 or 16 bits, to 16-bit samples with sRGB's tones. */
    void toWorking(ByteBuffer stored, int bits, ByteBuffer samples) {
        if (bits == 8) {
            while (stored.hasRemaining()) {
                samples.putShort(toWorking[Byte.toUnsignedInt(stored.get()) * STEP_OF_8_BITS]);
            }
        } else {
            while (stored.hasRemaining()) {
                samples.putShort(toWorking[Short.toUnsignedInt(stored.getShort())]);
            }
        }
    }

    /** Fills {@code stored}, of 8 or 16 bits, from 16-bit samples with sRGB's tones. */
    void toFile(ByteBuffer samples, ByteBuffer stored, int bits) {
        if (bits == 8) {
            while (stored.hasRemaining()) {
                int value = Short.toUnsignedInt(toFile[Short.toUnsignedInt(samples.getShort())]);
                stored.put((byte) ((value + STEP_OF_8_BITS / 2) / STEP_OF_8_BITS));
            }
        } else {
            while (stored.hasRemaining()) {
                stored.putShort(toFile[Short.toUnsignedInt(samples.getShort())]);
            }
        }
    }
}
