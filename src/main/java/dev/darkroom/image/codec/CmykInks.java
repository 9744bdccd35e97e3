package dev.darkroom.image.codec;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Interleaved 8-bit samples of cyan, magenta, yellow and black, 255 being full ink. */
final class CmykInks {

    private CmykInks() {}

    /** JPEG's YCbCr (JFIF 1.02) of what three of the inks leave of the light, in place (libjpeg's {@code ycck_cmyk_convert}); black is coded as it is. */
    static void fromYcck(byte[] samples) {
        for (int i = 0; i < samples.length; i += 4) {
            double y = samples[i] & 0xff;
            double cb = (samples[i + 1] & 0xff) - 128;
            double cr = (samples[i + 2] & 0xff) - 128;
            samples[i] = clipped(255 - (y + 1.402 * cr));
            samples[i + 1] = clipped(255 - (y - 0.344136 * cb - 0.714136 * cr));
            samples[i + 2] = clipped(255 - (y + 1.772 * cb));
        }
    }

    static void invert(byte[] samples) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) ~samples[i];
        }
    }

    /** RGB as inks give it that take away their own colour and no other. */
    static byte[] perfect(byte[] inks) {
        byte[] rgb = new byte[inks.length / 4 * 3];
        for (int from = 0, to = 0; from < inks.length; from += 4) {
            int light = 255 - (inks[from + 3] & 0xff);
            for (int c = 0; c < 3; c++) {
                rgb[to++] = (byte) ((255 - (inks[from + c] & 0xff)) * light / 255);
            }
        }
        return rgb;
    }

    /** Fills rows of a picture from {@code y} on, by the inks' profile or without one as if they were perfect. */
    static void putBgr(byte[] inks, Optional<InkProfile> profile, Mat bgr, int y) {
        byte[] rgb = profile.flatMap(known -> known.rgb(inks)).orElseGet(() -> perfect(inks));
        for (int i = 0; i < rgb.length; i += 3) {
            byte red = rgb[i];
            rgb[i] = rgb[i + 2];
            rgb[i + 2] = red;
        }
        bgr.ptr(y).capacity(rgb.length).asByteBuffer().put(rgb);
    }

    private static byte clipped(double value) {
        return (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
}
