package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.Pictures.pngChunk;
import static dev.darkroom.image.strange.Drawing.all;
import static dev.darkroom.image.strange.Drawing.deflated;
import static dev.darkroom.image.strange.Drawing.png;
import static dev.darkroom.image.strange.Drawing.rampPng;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Profiles;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

final class StrangePngs {
    private static final int[] RAMP = {0, 0, 0, 4, 0, 2, 8, 0, 4};
    private static final String ORIENTATION = Drawing.xmp("xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"3\"");

    private StrangePngs() {}

    static List<Strange> files() {
        byte[] rgba = new byte[16];
        rgba[0] = -1;
        rgba[3] = -1;
        byte[] adobe = Profiles.adobeRgb();
        byte[] withoutSum = Arrays.copyOf(deflated(adobe), deflated(adobe).length - 4);
        byte[] plain = rampPng();
        return List.of(
                new Strange("png-1x1-transparent.png", png(1, 1, 8, 6, new byte[4]), outcome -> assertThat(outcome.changed("").alpha()).containsExactly(0)),
                new Strange("png-4x1-partly-transparent.png", png(4, 1, 8, 6, rgba),
                        outcome -> assertThat(outcome.changed("").pixels(255, 0, 0).alpha()).containsExactly(255, 0, 0, 0)),
                new Strange("png-gray-4x1-transparent-level.png", png(4, 1, 8, 0, new byte[] {1, 2, 3, 4}, pngChunk("tRNS", new byte[] {0, 1})),
                        outcome -> assertThat(outcome.changed("").alpha()).containsExactly(0, 255, 255, 255)),
                new Strange("png-icc-flat-ends.png", png(256, 16, 8, 2, levels(), iccp(deflated(Profiles.flatEnds()))),
                        outcome -> outcome.changed("").profile(true).pixels(allLevels())),
                new Strange("png-icc-gamma22-ramp.png", png(256, 16, 8, 2, levels(), iccp(deflated(adobe))),
                        outcome -> outcome.changed("").profile(true).pixels(allLevels())),
                new Strange("png-orientation-in-xmp-only.png", rampPng(pngChunk("iTXt", latin1("XML:com.adobe.xmp\0\0\0\0\0" + ORIENTATION))),
                        outcome -> outcome.changed("").pixels(255, 255, 255).contains("tiff:Orientation=\"1\"")),
                new Strange("png-gama-linear.png", rampPng(pngChunk("gAMA", ByteBuffer.allocate(4).putInt(100000).array())),
                        outcome -> outcome.changed("").profile(true).pixels(RAMP)),
                new Strange("png-gama-chrm-adobergb.png", rampPng(pngChunk("gAMA", ByteBuffer.allocate(4).putInt(45455).array()), pngChunk("cHRM",
                        ByteBuffer.allocate(32).putInt(31270).putInt(32900).putInt(64000).putInt(33000).putInt(21000).putInt(71000).putInt(15000).putInt(6000).array())),
                        outcome -> outcome.changed("").profile(true).pixels(RAMP)),
                new Strange("png-cicp-display-p3.png", rampPng(pngChunk("cICP", new byte[] {12, 13, 0, 1})),
                        outcome -> outcome.changed("").profile(true).pixels(RAMP)),
                new Strange("png-cicp-pq.png", rampPng(pngChunk("cICP", new byte[] {9, 16, 0, 1})), outcome -> outcome.refused(UnsupportedImageException.class)),
                new Strange("png-iccp-without-adler.png", rampPng(iccp(withoutSum)), outcome -> outcome.changed("").profile(true).pixels(RAMP)),
                new Strange("png-exif-in-raw-profile.png", rampPng(rawProfile("exif", StrangeJpegs.exif(1))),
                        outcome -> outcome.changed("").contains("eXIf", "Artist", "Copyright").pixels(RAMP)),
                new Strange("exif-in-ztxt.png", rampPng(rawProfile("exif", StrangeJpegs.exif(3))),
                        outcome -> outcome.changed("").contains("eXIf")),
                new Strange("text-parameters.png", rampPng(pngChunk("tEXt", latin1("parameters\0steps: 20"))), outcome -> outcome.changed("metadata")),
                new Strange("png-without-iend.png", Arrays.copyOf(plain, plain.length - 12), outcome -> outcome.changed("repaired").pixels(RAMP)),
                new Strange("min-checker.png", png(8, 8, 8, 2, checker()), outcome -> outcome.changed("").pixels(0, 0, 0)));
    }

    private static byte[] iccp(byte[] deflated) {
        return pngChunk("iCCP", all(latin1("test\0\0"), deflated));
    }

    private static byte[] rawProfile(String type, byte[] block) {
        byte[] prefixed = all(latin1("Exif\0\0"), block);
        String text = "\n%s\n%8d\n%s\n".formatted(type, prefixed.length, HexFormat.of().formatHex(prefixed).replaceAll("(.{72})", "$1\n"));
        return pngChunk("zTXt", all(latin1("Raw profile type " + type + "\0\0"), deflated(latin1(text))));
    }

    /** 16 rows of every level. */
    private static byte[] levels() {
        byte[] samples = new byte[256 * 16 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / 3 % 256);
        }
        return samples;
    }

    private static int[] allLevels() {
        int[] levels = new int[256 * 3];
        Arrays.setAll(levels, i -> i / 3);
        return levels;
    }

    private static byte[] checker() {
        byte[] samples = new byte[8 * 8 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) ((i / 3 % 8 + i / 24) % 2 * 255);
        }
        return samples;
    }
}
