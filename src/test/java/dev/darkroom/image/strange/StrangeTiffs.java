package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.strange.Drawing.HEIGHT;
import static dev.darkroom.image.strange.Drawing.WIDTH;
import static dev.darkroom.image.strange.Drawing.all;
import static dev.darkroom.image.strange.Drawing.ramp;
import static dev.darkroom.image.strange.Tiff.IFD;
import static dev.darkroom.image.strange.Tiff.SHORT;
import static dev.darkroom.image.strange.Tiff.UNDEFINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Profiles;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

final class StrangeTiffs {
    private static final int[] RAMP = {0, 0, 0, 4, 0, 2, 8, 0, 4};

    private StrangeTiffs() {}

    static List<Strange> files() {
        byte[] brokenLzw = brokenLzw();
        byte[] deflated = Drawing.deflated(ramp());
        Arrays.fill(deflated, 40, deflated.length - 10, (byte) 0x55);
        return List.of(
                new Strange("tiff-unspecified-extra-channel.tif", new Tiff(WIDTH, HEIGHT, 2, 1, 4, 8, rampAndSelection()).with(338, SHORT, 0).file(),
                        outcome -> assertThat(outcome.changed("channels").pixels(RAMP).alpha()).isEmpty()),
                new Strange("tiff-exif-pointer-of-type-ifd.tif", exifBehind(), outcome -> outcome.changed("").contains("2020:01:02 03:04:05")),
                new Strange("tiff-geotiff.tif", rgb().with(33550, Tiff.DOUBLE, new byte[24]).with(33922, Tiff.DOUBLE, new byte[48]).file(),
                        outcome -> outcome.changed("metadata").pixels(RAMP).as(ImageFormat.TIFF).changed("metadata")),
                new Strange("tiff-lzw-broken.tif", new Tiff(WIDTH, HEIGHT, 2, 5, 3, 8, brokenLzw).file(), outcome -> outcome.refused(DamagedImageException.class)),
                new Strange("tiff-deflate-broken.tif", new Tiff(WIDTH, HEIGHT, 2, 8, 3, 8, deflated).file(), outcome -> outcome.refused(DamagedImageException.class)),
                new Strange("tiff-packbits-cut-short.tif", new Tiff(WIDTH, HEIGHT, 1, 32773, 1, 8, new byte[] {-127, 7, -127, 9}).file(),
                        outcome -> outcome.refused(DamagedImageException.class)),
                new Strange("tiff-tile-count-padded.tif", new Tiff(16, 16, 2, 1, 3, 8, Arrays.copyOf(tile(), 1024)).tiled(16, 16, 1024).file(),
                        outcome -> outcome.changed("").pixels(RAMP)),
                new Strange("tiff-sgi-datatype-void.tif", rgb().with(32996, SHORT, 0).file(), outcome -> outcome.changed("").pixels(RAMP)),
                new Strange("tiff-long-profile.tif", rgb().with(34675, UNDEFINED, longProfile()).with(315, 2, latin1("Ada Lens\0")).with(33432, 2, latin1("(c) Ada\0")).file(),
                        outcome -> outcome.as(ImageFormat.TIFF).changed("").contains("Ada Lens", "(c) Ada").profile(true)),
                new Strange("tiff-photoshop-layers.tif", rgb().with(37724, UNDEFINED, new byte[17 << 20]).file(), outcome -> outcome.changed("images").pixels(RAMP)),
                new Strange("tiff-iptc.tif", rgb().with(33723, UNDEFINED, new byte[] {0x1c, 2, 116, 0, 3, 'A', 'd', 'a'}).file(), outcome -> {
                    outcome.changed("metadata").as(ImageFormat.TIFF).changed("").contains("\u001c\2\164\0\3Ada");
                    outcome.as(ImageFormat.JPEG).changed("lossless").contains("\u001c\2\164\0\3Ada");
                }));
    }

    static Tiff rgb() {
        return new Tiff(WIDTH, HEIGHT, 2, 1, 3, 8, ramp());
    }

    /** A strip for each colour. */
    static byte[] planes() {
        byte[] rgb = ramp();
        byte[] planes = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            planes[i % 3 * WIDTH * HEIGHT + i / 3] = rgb[i];
        }
        return new Tiff(WIDTH, HEIGHT, 2, 1, 3, 8, planes).planar(3).file();
    }

    private static byte[] rampAndSelection() {
        byte[] rgb = ramp();
        byte[] four = new byte[WIDTH * HEIGHT * 4];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            System.arraycopy(rgb, 3 * i, four, 4 * i, 3);
            four[4 * i + 3] = (byte) (i % WIDTH / 20 % 2 * 255);
        }
        return four;
    }

    private static byte[] tile() {
        byte[] tile = new byte[16 * 16 * 3];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = (byte) ramp(i / 3 % 16, i / 48, i % 3);
        }
        return tile;
    }

    private static byte[] exifBehind() {
        int end = rgb().with(34665, IFD, 0).file().length;
        byte[] directory = Tiff.little(18).putShort((short) 1).putShort((short) 36867).putShort((short) 2).putInt(20).putInt(end + 18).putInt(0).array();
        return all(rgb().with(34665, IFD, end).file(), directory, latin1("2020:01:02 03:04:05\0"));
    }

    private static byte[] longProfile() {
        return Arrays.copyOf(Profiles.displayP3(), 70_000);
    }

    /** Codes of nine bits that stand for themselves, and then one that stands for nothing yet. */
    private static byte[] brokenLzw() {
        var codes = new ByteArrayOutputStream();
        long bits = 256;
        int held = 9;
        for (int i = 0; i < 200; i++) {
            bits = bits << 9 | (i < 150 ? i % 250 : 510);
            held += 9;
            while (held >= 8) {
                codes.write((int) (bits >> held - 8));
                held -= 8;
            }
            bits &= (1L << held) - 1;
        }
        return codes.toByteArray();
    }
}
