package dev.darkroom.image.strange;

import dev.darkroom.image.Jdk;
import dev.darkroom.image.Pictures;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;

/** JPEGs of four inks. */
final class StrangeInks {
    private static final int SIDE = 32;

    private StrangeInks() {}

    /** Full magenta and yellow: what is left of light is cyan's share, 255, and inverted inks are stored as just that. */
    static byte[] red() {
        return jpeg(filled(255, 0, 0, 255));
    }

    /** The same as libjpeg writes it: YCbCr of 255 less each of the inverted inks, which is cyan. */
    static byte[] ycckRed() {
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 2};
        return Pictures.insert(jpeg(filled(179, 171, 0, 255)), 2, adobe);
    }

    static byte[] noise() {
        var raster = filled(0, 0, 0, 0);
        var random = new Random(1);
        for (int i = 0; i < SIDE * SIDE; i++) {
            raster.setPixel(i % SIDE, i / SIDE, new int[] {random.nextInt(256), random.nextInt(256), random.nextInt(256), 255});
        }
        return jpeg(raster);
    }

    private static WritableRaster filled(int... samples) {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, null);
        for (int i = 0; i < SIDE * SIDE; i++) {
            raster.setPixel(i % SIDE, i / SIDE, samples);
        }
        return raster;
    }

    private static byte[] jpeg(Raster raster) {
        return Jdk.file(new IIOImage(raster, null, null), "jpeg", best -> {
            best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            best.setCompressionQuality(1);
        });
    }
}
