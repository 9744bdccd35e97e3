package dev.darkroom.image.develop;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.raw.RawFile;
import java.nio.ShortBuffer;

/** From an upright raw file's light to a network's tones. */
final class Exposure {
    private static final int RED = 0;
    private static final int GREEN = 1;
    private static final int BLUE = 2;

    private final short[][] samples;
    private final BayerPattern upright;

    Exposure(NetworkTones tones, RawFile file) {
        samples = new short[][] {tones.fromSensor(RED), tones.fromSensor(GREEN), tones.fromSensor(BLUE)};
        var header = file.header();
        upright = file.pattern().map(stored -> stored.upright(header.orientation(), header.width(), header.height())).orElse(null);
    }

    void expose(ShortBuffer row, int firstRow, int width) {
        for (int i = 0; i < row.limit(); i++) {
            int colour = upright == null ? i % 3 : colour(i % width, firstRow + i / width);
            row.put(i, samples[colour][row.get(i) & 0xffff]);
        }
    }

    private int colour(int x, int y) {
        boolean inRedsColumn = (x + upright.leadingColumns()) % 2 == 0;
        boolean inRedsRow = (y + upright.leadingRows()) % 2 == 0;
        return inRedsColumn != inRedsRow ? GREEN : inRedsColumn ? RED : BLUE;
    }
}
