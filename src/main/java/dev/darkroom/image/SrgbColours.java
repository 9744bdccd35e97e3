package dev.darkroom.image;

import dev.darkroom.image.codec.OpenCv;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** A picture's colours as sRGB's, by its profile and the JDK's LittleCMS; what sRGB cannot show is clipped. */
final class SrgbColours {
    private static final int STRIP_PIXELS = 1 << 16;
    private static final int STEP_OF_8_BITS = 257;
    /** Of each channel, of the colours by which a profile is compared with sRGB. */
    private static final int LEVELS = 6;

    private SrgbColours() {}

    /** In 16 bits; empty if the samples mean sRGB's colours already, or tell nothing else that can be read. */
    static Optional<Raster> of(Raster stored, byte[] profile) {
        try {
            ICC_Profile icc = ICC_Profile.getInstance(profile);
            if (icc.getColorSpaceType() != ColorSpace.TYPE_RGB || stored.channels() != 3) {
                return Optional.empty();
            }
            var conversion = new ColorConvertOp(new ICC_Profile[] {icc, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
            return isSrgb(conversion) ? Optional.empty() : Optional.of(stored.lend(pixels -> new Raster(converted(pixels, conversion))));
        } catch (IllegalArgumentException | CMMException damagedProfile) {
            return Optional.empty();
        }
    }

    private static boolean isSrgb(ColorConvertOp conversion) {
        short[] colours = new short[LEVELS * LEVELS * LEVELS * 3];
        for (int i = 0; i < colours.length / 3; i++) {
            for (int c = 0, rest = i; c < 3; c++, rest /= LEVELS) {
                colours[3 * i + c] = (short) (rest % LEVELS * 65535 / (LEVELS - 1));
            }
        }
        short[] srgb = colours.clone();
        filter(conversion, srgb, srgb.length / 3);
        for (int i = 0; i < colours.length; i++) {
            if (Math.abs(Short.toUnsignedInt(srgb[i]) - Short.toUnsignedInt(colours[i])) > STEP_OF_8_BITS / 2) {
                return false;
            }
        }
        return true;
    }

    private static Mat converted(Mat bgr, ColorConvertOp conversion) {
        Mat srgb = OpenCv.black(bgr.cols(), bgr.rows(), 3, 16);
        int rows = Math.max(1, STRIP_PIXELS / bgr.cols());
        short[] strip = new short[rows * bgr.cols() * 3];
        for (int top = 0; top < bgr.rows(); top += rows) {
            int count = Math.min(rows, bgr.rows() - top);
            for (int y = 0; y < count; y++) {
                get(row(bgr, top + y), bgr.elemSize1() == 1, strip, y * bgr.cols() * 3, bgr.cols() * 3);
            }
            filter(conversion, strip, count * bgr.cols());
            for (int y = 0; y < count; y++) {
                ByteBuffer to = row(srgb, top + y);
                for (int i = 0; i < bgr.cols() * 3; i++) {
                    to.putShort(strip[y * bgr.cols() * 3 + swapped(i)]);
                }
            }
        }
        return srgb;
    }

    private static void get(ByteBuffer row, boolean bytes, short[] rgb, int at, int samples) {
        for (int i = 0; i < samples; i++) {
            rgb[at + swapped(i)] = bytes ? (short) ((row.get() & 0xff) * STEP_OF_8_BITS) : row.getShort();
        }
    }

    /** Where red and blue change places. */
    private static int swapped(int sample) {
        return sample / 3 * 3 + 2 - sample % 3;
    }

    /** In place. */
    private static void filter(ColorConvertOp conversion, short[] rgb, int pixels) {
        WritableRaster from = raster(Arrays.copyOf(rgb, 3 * pixels), pixels);
        WritableRaster to = java.awt.image.Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, 3, null);
        conversion.filter(from, to);
        System.arraycopy((short[]) to.getDataElements(0, 0, pixels, 1, null), 0, rgb, 0, 3 * pixels);
    }

    private static WritableRaster raster(short[] samples, int pixels) {
        WritableRaster raster = java.awt.image.Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, 3, null);
        raster.setDataElements(0, 0, pixels, 1, samples);
        return raster;
    }

    private static ByteBuffer row(Mat mat, int y) {
        return mat.ptr(y).capacity(mat.cols() * mat.elemSize()).asByteBuffer().order(ByteOrder.nativeOrder());
    }
}
