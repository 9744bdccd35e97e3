package dev.darkroom.enhance;

import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import dev.darkroom.model.Restraint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Keeps as much of what a network has made of a JPEG file as is good for it; of 8 bits, as such files have. */
final class Restraining {
    private static final int ROWS = 64;
    private static final double PEAK = 255;

    private final Raster file;
    private final Raster restored;
    private final ByteBuffer before;
    private final ByteBuffer after;

    private Restraining(Raster file, Raster restored) {
        this.file = file;
        this.restored = restored;
        before = strip(file);
        after = strip(restored);
    }

    private static ByteBuffer strip(Raster raster) {
        int bytes = (int) raster.bytes(new Region(0, 0, raster.width(), Math.min(ROWS, raster.height())));
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /**
     * Changes what was restored.
     *
     * @param file     as it was read
     * @param restored of the same size and channels
     * @param psnrDb   of the file's luma, as it is estimated
     * @return the share of the change that was kept, 0 to 1
     */
    static double restrain(Raster file, Raster restored, Restraint restraint, double psnrDb) {
        var restraining = new Restraining(file, restored);
        double kept = restraint.kept(psnrDb, restraining.changedPsnrDb());
        if (kept < 1) {
            restraining.keep((float) kept);
        }
        return kept;
    }

    /** Of luma. */
    private double changedPsnrDb() {
        double[] sum = new double[1];
        forEachStrip(rows -> {
            int channels = file.channels();
            for (int i = 0; i < before.limit(); i += channels) {
                double change = luma(after, i, channels) - luma(before, i, channels);
                sum[0] += change * change;
            }
        });
        return 10 * Math.log10(PEAK * PEAK * file.width() * file.height() / sum[0]);
    }

    private static double luma(ByteBuffer samples, int at, int channels) {
        return channels == 1 ? samples.get(at) & 0xff
                : 0.299 * (samples.get(at) & 0xff) + 0.587 * (samples.get(at + 1) & 0xff) + 0.114 * (samples.get(at + 2) & 0xff);
    }

    private void keep(float share) {
        forEachStrip(rows -> {
            for (int i = 0; i < before.limit(); i++) {
                int from = before.get(i) & 0xff;
                after.put(i, (byte) Math.round(from + share * ((after.get(i) & 0xff) - from)));
            }
            restored.write(rows, after, rows);
        });
    }

    private interface Work {
        void on(Region rows);
    }

    private void forEachStrip(Work work) {
        for (int top = 0; top < file.height(); top += ROWS) {
            var rows = new Region(0, top, file.width(), Math.min(ROWS, file.height() - top));
            file.read(rows, before.clear());
            restored.read(rows, after.clear());
            before.flip();
            after.flip();
            work.on(rows);
        }
    }
}
