package dev.darkroom.enhance;

import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import dev.darkroom.model.Restraint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Keeps as much of what a network has made of a JPEG file as is good for it. */
final class Restraining {
    private static final int STRIP_PIXELS = 1 << 18;

    private final Raster file;
    private final Raster restored;
    /** 8, or 16 where a profile has other tones than sRGB's. */
    private final int bits;
    private final int rowsOfStrip;
    private final ByteBuffer before;
    private final ByteBuffer after;

    private Restraining(Raster file, Raster restored) {
        this.file = file;
        this.restored = restored;
        bits = file.bits();
        rowsOfStrip = Math.max(1, Math.min(file.height(), STRIP_PIXELS / file.width()));
        before = strip(file);
        after = strip(restored);
    }

    private ByteBuffer strip(Raster raster) {
        int bytes = (int) raster.bytes(new Region(0, 0, raster.width(), rowsOfStrip));
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
        forEachStrip((rows, count) -> {
            int channels = file.channels();
            for (int i = 0; i < count; i += channels) {
                double change = luma(after, i, channels) - luma(before, i, channels);
                sum[0] += change * change;
            }
        });
        double peak = bits == 8 ? 255 : 65_535;
        return 10 * Math.log10(peak * peak * file.width() * file.height() / sum[0]);
    }

    private double luma(ByteBuffer samples, int at, int channels) {
        return channels == 1 ? sample(samples, at) : 0.299 * sample(samples, at) + 0.587 * sample(samples, at + 1) + 0.114 * sample(samples, at + 2);
    }

    private int sample(ByteBuffer samples, int at) {
        return bits == 8 ? samples.get(at) & 0xff : samples.getShort(2 * at) & 0xffff;
    }

    private void keep(float share) {
        forEachStrip((rows, count) -> {
            for (int i = 0; i < count; i++) {
                int from = sample(before, i);
                int kept = Math.round(from + share * (sample(after, i) - from));
                if (bits == 8) {
                    after.put(i, (byte) kept);
                } else {
                    after.putShort(2 * i, (short) kept);
                }
            }
            restored.write(rows, after, rows);
        });
    }

    private interface Work {
        /** @param count of samples */
        void on(Region rows, int count);
    }

    private void forEachStrip(Work work) {
        for (int top = 0; top < file.height(); top += rowsOfStrip) {
            var rows = new Region(0, top, file.width(), Math.min(rowsOfStrip, file.height() - top));
            file.read(rows, before.clear());
            restored.read(rows, after.clear());
            before.flip();
            after.flip();
            work.on(rows, before.limit() / (bits / 8));
        }
    }
}
