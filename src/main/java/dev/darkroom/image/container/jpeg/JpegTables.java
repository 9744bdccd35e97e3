package dev.darkroom.image.container.jpeg;

import dev.darkroom.image.container.jpeg.JpegSegments.Segment;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.JpegCoding;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a JPEG's tables say of how it was coded. */
final class JpegTables {
    private static final int DQT = 0xdb;
    private static final int STEPS = 64;

    private JpegTables() {}

    /** Of the first component, which is luma. Empty if its table comes only after the frame's header, or is cut short. */
    static Optional<JpegCoding> coding(List<Segment> segments, ByteReader frame) {
        int table = frame.u8(8);
        int luma = frame.u8(7);
        int chroma = frame.u8(5) == 3 ? frame.u8(10) : luma;
        double halved = (luma >> 4 > chroma >> 4 ? 0.5 : 0) + ((luma & 15) > (chroma & 15) ? 0.5 : 0);
        return segments.stream().filter(segment -> segment.marker() == DQT).flatMap(segment -> sumOfSteps(segment.data(), table).stream())
                .reduce((earlier, later) -> later).map(sum -> new JpegCoding(qualityOf(sum), halved));
    }

    /** A segment holds one or more tables, of steps of 8 or 16 bits. */
    private static Optional<Long> sumOfSteps(ByteReader tables, int wanted) {
        for (int at = 0; at < tables.size(); ) {
            int bytes = tables.u8(at) >> 4 == 0 ? 1 : 2;
            if ((tables.u8(at) & 15) == wanted && at + 1 + bytes * STEPS <= tables.size()) {
                long sum = 0;
                for (int step = 0; step < STEPS; step++) {
                    sum += bytes == 1 ? tables.u8(at + 1 + step) : tables.u16(at + 1 + 2 * step);
                }
                return Optional.of(sum);
            }
            at += 1 + bytes * STEPS;
        }
        return Optional.empty();
    }

    /** @param sum of the file's 64 quantisation steps for luma */
    static int qualityOf(long sum) {
        int nearest = 1;
        for (int quality = 2; quality <= 100; quality++) {
            if (Math.abs(sum(quality) - sum) <= Math.abs(sum(nearest) - sum)) {
                nearest = quality;
            }
        }
        return nearest;
    }

    private static long sum(int quality) {
        return IntStream.of(JpegCoding.lumaSteps(quality)).sum();
    }
}
