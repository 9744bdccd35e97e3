package dev.darkroom.image.raw;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;

/**
 * Lossless JPEG (ITU-T T.81, process 14) as DNGs hold it: its samples one after the other, whatever the lines that they are coded in. A tile
 * may be one frame of two components, half as wide, so that each component holds every other column.
 */
final class LosslessJpeg implements Samples {
    private final LosslessFrame frame;
    private final BitReader bits;
    private final int inLine;
    private int[] line;
    private int[] above;
    private int taken;
    private int lines;

    private LosslessJpeg(LosslessFrame frame, ByteReader data) {
        this.frame = frame;
        bits = new BitReader(data.buffer(0, data.size()), frame.codedAt());
        inLine = frame.width() * frame.components();
        line = new int[inLine];
        above = new int[inLine];
        taken = inLine;
    }

    /**
     * One of a strip or tile.
     *
     * @param count        of its samples
     * @param longSixteens whether a difference of 16 bits is followed by them, as before DNG 1.1
     * @throws DamagedImageException also if a line alone has more: whole lines are decoded
     */
    static LosslessJpeg of(ByteReader data, long count, boolean longSixteens) {
        var jpeg = new ByteReader(data.buffer(0, data.size())); // whatever the file's byte order
        LosslessFrame frame = LosslessFrame.of(jpeg, longSixteens);
        if ((long) frame.width() * frame.components() > count) {
            throw new DamagedImageException("the DNG's lossless JPEG has more samples than its tile");
        }
        return new LosslessJpeg(frame, jpeg);
    }

    @Override
    public void next(short[] row) {
        for (int at = 0; at < row.length; ) {
            if (taken == inLine) {
                nextLine();
            }
            int length = Math.min(row.length - at, inLine - taken);
            for (int i = 0; i < length; i++) {
                row[at + i] = (short) (line[taken + i] << frame.shift());
            }
            at += length;
            taken += length;
        }
    }

    private void nextLine() {
        if (lines == frame.height()) {
            throw new DamagedImageException("the DNG's lossless JPEG has fewer samples than the tile");
        }
        int[] older = above;
        above = line;
        line = older;
        boolean restarts = frame.restartLines() > 0 && lines > 0 && lines % frame.restartLines() == 0;
        if (restarts) {
            bits.restart();
        }
        decode(lines == 0 || restarts);
        lines++;
        taken = 0;
    }

    /** @param first whether there is no line above, as at the top and after a restart */
    private void decode(boolean first) {
        int components = frame.components();
        for (int c = 0; c < components; c++) {
            int predicted = first ? 1 << frame.precision() - frame.shift() - 1 : above[c];
            line[c] = predicted + difference(c) & 0xffff;
        }
        int predictor = first ? 1 : frame.predictor();
        for (int i = components, c = 0; i < inLine; i++, c = c + 1 == components ? 0 : c + 1) {
            int left = line[i - components];
            int up = above[i];
            int corner = above[i - components];
            int predicted = switch (predictor) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> corner;
                case 4 -> left + up - corner;
                case 5 -> left + (up - corner >> 1);
                case 6 -> up + (left - corner >> 1);
                default -> left + up >> 1;
            };
            line[i] = predicted + difference(c) & 0xffff;
        }
    }

    private int difference(int component) {
        int length = frame.table(component).next(bits);
        if (length == 0) {
            return 0;
        }
        if (length == 16) {
            if (frame.longSixteens()) {
                bits.take(16);
            }
            return 1 << 15;
        }
        int value = bits.take(length);
        return value < 1 << length - 1 ? value - (1 << length) + 1 : value;
    }
}
