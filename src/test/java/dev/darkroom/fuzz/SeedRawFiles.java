package dev.darkroom.fuzz;

import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Raster;
import dev.darkroom.image.develop.DevelopSettings;
import dev.darkroom.image.develop.Development;
import dev.darkroom.image.raw.Dng;
import dev.darkroom.image.raw.LosslessJpegWriter;
import dev.darkroom.image.raw.RawFile;
import dev.darkroom.image.raw.RawScenes;
import dev.darkroom.image.raw.SamplesWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small DNGs of every coding, with every field that is read. */
final class SeedRawFiles {
    private static final int WIDTH = 32;
    private static final int HEIGHT = 18;

    private SeedRawFiles() {}

    static List<byte[]> sound() {
        int[] rgb = new Random(7).ints(3 * WIDTH * HEIGHT, 0, 1 << 16).toArray();
        var files = new ArrayList<byte[]>();
        for (int bits : new int[] {8, 12, 16}) {
            files.add(mosaic(rgb, bits).strips(5).file());
            files.add(mosaic(rgb, bits).coded(SamplesWriter.losslessJpeg(LosslessJpegWriter.of(bits == 12 ? 2 : 1, 1 + bits % 7, bits))).tiles(16, 16).file());
        }
        files.add(mosaic(rgb, 14).bigEndian().flat().file());
        files.add(mosaic(rgb, 16).coded(SamplesWriter.deflated(1)).tiles(16, 16).file());
        files.add(RawScenes.colours(WIDTH, HEIGHT, rgb, 0.6, 1, 0.7).coded(SamplesWriter.deflated(2)).strips(7).file());
        files.add(RawScenes.colours(WIDTH, HEIGHT, rgb, 0.6, 1, 0.7).coded(SamplesWriter.losslessJpeg(LosslessJpegWriter.of(3, 6, 16))).file());
        return files;
    }

    private static Dng mosaic(int[] rgb, int bits) {
        double[] table = new double[1 << Math.min(bits, 9)];
        java.util.Arrays.setAll(table, i -> i);
        double[] columns = new double[28];
        double[] rows = new double[14];
        double[] matrix = {0.9, -0.2, -0.1, -0.4, 1.2, 0.2, -0.1, 0.2, 0.6};
        return RawScenes.mosaic(WIDTH, HEIGHT, rgb, bits, "grbg", 0.5, 1, 0.6).with(50829, Dng.LONG, 2, 2, 16, 30).with(50719, Dng.RATIONAL, 1, 1)
                .with(50720, Dng.RATIONAL, 24, 10).with(50712, Dng.SHORT, table).with(50713, Dng.SHORT, 2, 2).with(50714, Dng.RATIONAL, 1, 2, 3, 4)
                .with(50715, Dng.SRATIONAL, columns).with(50716, Dng.SRATIONAL, rows).with(50717, Dng.LONG, 200).with(50718, Dng.RATIONAL, 1, 1)
                .first(50722, Dng.SRATIONAL, matrix).first(50778, Dng.SHORT, 17).first(50779, Dng.SHORT, 21).first(50723, Dng.SRATIONAL, 1, 0, 0, 0, 1, 0, 0, 0, 1)
                .first(50727, Dng.RATIONAL, 1, 1, 1).first(50964, Dng.SRATIONAL, 0.6, 0.2, 0.1, 0.3, 0.7, 0, 0, 0.1, 0.7)
                .first(51041, Dng.DOUBLE, 1e-4, 1e-6).first(50730, Dng.SRATIONAL, 0.5).first(274, Dng.SHORT, 6);
    }

    /** As far as a picture can be followed without a network. */
    static void develop(byte[] bytes) {
        RawFile file = RawFile.of(ByteBuffer.wrap(bytes), new ImageLimits(2000, 2000, 1));
        Development development = Development.of(file, DevelopSettings.DEFAULT);
        development.sigma255();
        try (Raster exposed = development.exposed()) {
            if (development.isDemosaicked()) {
                development.develop(exposed, exposed);
            }
        }
    }
}
