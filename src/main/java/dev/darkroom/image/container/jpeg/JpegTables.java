package dev.darkroom.image.container.jpeg;

import dev.darkroom.image.container.jpeg.JpegSegments.Segment;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.JpegCoding;
import java.util.List;
import java.util.Optional;

/** What a JPEG's tables say of how it was coded. */
final class JpegTables {
    private static final int DQT = 0xdb;
    private static final int SIDE = 8;
    private static final int STEPS = SIDE * SIDE;
    private static final int[] PLACES = places();

    private JpegTables() {}

    /** Of the first component, which is luma. Empty if its table comes only after the frame's header, or is cut short. */
    static Optional<JpegCoding> coding(List<Segment> segments, ByteReader frame) {
        int table = frame.u8(8);
        int luma = frame.u8(7);
        int chroma = frame.u8(5) == 3 ? frame.u8(10) : luma;
        double halved = (luma >> 4 > chroma >> 4 ? 0.5 : 0) + ((luma & 15) > (chroma & 15) ? 0.5 : 0);
        return segments.stream().filter(segment -> segment.marker() == DQT).flatMap(segment -> steps(segment.data(), table).stream())
                .reduce((earlier, later) -> later).map(steps -> new JpegCoding(qualityOf(sum(steps)), halved, steps));
    }

    /** A segment holds one or more tables, of steps of 8 or 16 bits, along diagonals. */
    private static Optional<List<Integer>> steps(ByteReader tables, int wanted) {
        for (int at = 0; at < tables.size(); ) {
            int bytes = tables.u8(at) >> 4 == 0 ? 1 : 2;
            if ((tables.u8(at) & 15) == wanted && at + 1 + bytes * STEPS <= tables.size()) {
                Integer[] steps = new Integer[STEPS];
                for (int i = 0; i < STEPS; i++) {
                    steps[PLACES[i]] = bytes == 1 ? tables.u8(at + 1 + i) : tables.u16(at + 1 + 2 * i);
                }
                return Optional.of(List.of(steps));
            }
            at += 1 + bytes * STEPS;
        }
        return Optional.empty();
    }

    /** Of each step along the diagonals, row by row (T.81, figure 5). */
    private static int[] places() {
        int[] places = new int[STEPS];
        int next = 0;
        for (int diagonal = 0; diagonal < 2 * SIDE - 1; diagonal++) {
            for (int i = Math.max(0, diagonal - SIDE + 1); i <= Math.min(diagonal, SIDE - 1); i++) {
                int row = diagonal % 2 == 0 ? diagonal - i : i;
                places[next++] = row * SIDE + diagonal - row;
            }
        }
        return places;
    }

    /** @param sum of the file's 64 quantisation steps for luma */
    static int qualityOf(long sum) {
        int nearest = 1;
        for (int quality = 2; quality <= 100; quality++) {
            if (Math.abs(sum(JpegCoding.lumaSteps(quality)) - sum) <= Math.abs(sum(JpegCoding.lumaSteps(nearest)) - sum)) {
                nearest = quality;
            }
        }
        return nearest;
    }

    private static long sum(List<Integer> steps) {
        return steps.stream().mapToLong(Integer::intValue).sum();
    }
}
