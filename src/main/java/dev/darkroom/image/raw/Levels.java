package dev.darkroom.image.raw;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.tile.Region;
import java.nio.ShortBuffer;

/**
 * From samples as stored to light (DNG 1.7, chapter 5): through the camera's table, less black, over the distance to white. Light is held in 16
 * bits, of which {@link #BLACK} is none and {@link #WHITE} the most that the sensor counts, so that noise around black keeps both its sides.
 *
 * @param table   by stored sample what it means; empty: itself
 * @param black   of rows times columns times planes, repeated over the active area
 * @param columns what is added to black by column of the active area; empty: nothing
 * @param rows    what is added to black by row of the active area; empty: nothing
 * @param scales  of planes, from samples to light
 */
record Levels(double[] table, int repeatRows, int repeatColumns, double[] black, double[] columns, double[] rows, double[] scales, Region active) {
    public static final int BLACK = 4096;
    public static final int WHITE = 65_535;
    private static final int LONGEST_TABLE = 1 << 16;
    private static final int MOST_REPEATED = 1 << 10;

    /** @throws DamagedImageException if they contradict themselves */
    static Levels of(Directories directories, Layout layout, Region active) {
        var photograph = directories.photograph();
        int planes = layout.planes();
        double[] table = photograph.decimals(DngTag.LINEARISATION, LONGEST_TABLE);
        double[] repeat = photograph.decimals(DngTag.BLACK_SIZE, 2);
        double down = repeat.length < 2 ? 1 : repeat[0];
        double across = repeat.length < 2 ? 1 : repeat[1];
        require(down >= 1 && across >= 1 && down * across * planes <= MOST_REPEATED);
        double[] black = photograph.decimals(DngTag.BLACK, MOST_REPEATED);
        black = black.length == 0 ? new double[(int) (down * across * planes)] : black;
        double[] columns = photograph.decimals(DngTag.BLACK_OF_COLUMNS, active.width());
        double[] rows = photograph.decimals(DngTag.BLACK_OF_ROWS, active.height());
        require(black.length == down * across * planes && (columns.length == 0 || columns.length == active.width())
                && (rows.length == 0 || rows.length == active.height()));
        var levels = new Levels(table, (int) down, (int) across, black, columns, rows, new double[planes], active);
        double[] white = photograph.decimals(DngTag.WHITE, planes);
        for (int plane = 0; plane < planes; plane++) {
            levels.scales[plane] = levels.scale(plane < white.length ? white[plane] : white.length > 0 ? white[0] : (1 << layout.bits()) - 1);
        }
        return levels;
    }

    private double scale(double white) {
        double highest = max(black) + max(columns) + max(rows);
        require(finite(black) && finite(columns) && finite(rows) && white - highest > 0 && white < 1e9);
        return (WHITE - BLACK) / (white - highest);
    }

    private static double max(double[] values) {
        double max = values.length == 0 ? 0 : values[0];
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static boolean finite(double[] values) {
        for (double value : values) {
            if (!(Math.abs(value) < 1e9)) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new DamagedImageException("the DNG's black and white levels contradict each other");
        }
    }

    /**
     * Adds a part of a row to {@code light}.
     *
     * @param from  of the row, the first sample
     * @param x     column of its pixel
     * @param count of pixels
     */
    void toLight(short[] row, int from, int x, int y, int count, ShortBuffer light) {
        int planes = scales.length;
        int line = (y - active.y()) % repeatRows * repeatColumns;
        double ofRow = rows.length == 0 ? 0 : rows[y - active.y()];
        for (int i = 0; i < count; i++) {
            int column = x + i - active.x();
            int level = (line + column % repeatColumns) * planes;
            double more = columns.length == 0 ? ofRow : ofRow + columns[column];
            for (int plane = 0; plane < planes; plane++) {
                double sample = linear(row[from + i * planes + plane] & 0xffff);
                double value = BLACK + (sample - black[level + plane] - more) * scales[plane];
                light.put((short) Math.max(0, Math.min(WHITE, (int) (value + 0.5))));
            }
        }
    }

    private double linear(int stored) {
        return table.length == 0 ? stored : table[Math.min(stored, table.length - 1)];
    }
}
