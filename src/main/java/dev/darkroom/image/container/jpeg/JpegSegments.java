package dev.darkroom.image.container.jpeg;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JPEG's marker segments up to its first scan. Stray bytes between them are skipped, as libjpeg does: real files have them.
 *
 * @param scanAt where the first scan's own segment begins
 */
record JpegSegments(List<Segment> all, long scanAt) {
    static final int APP0 = 0xe0;
    static final int APP15 = 0xef;
    static final int COMMENT = 0xfe;
    /** Before the first scan; 16 MB of metadata need 256. */
    private static final int MOST = 4096;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int TEMPORARY = 0x01;

    record Segment(int marker, ByteReader data) {

        boolean isFrameHeader() {
            return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        }

        boolean is(int wanted, String identifier) {
            return marker == wanted && data.has(0, identifier);
        }

        /** Whether this is about the picture and not of it. */
        boolean isAside() {
            return marker >= APP0 && marker <= APP15 || marker == COMMENT;
        }
    }

    /** @throws DamagedImageException if the file ends before its first scan */
    static JpegSegments of(ByteReader file) {
        var segments = new ArrayList<Segment>();
        for (long at = 2; ; ) {
            at = nextMarker(file, at);
            int marker = file.u8(at + 1);
            if (marker == SCAN) {
                return new JpegSegments(List.copyOf(segments), at);
            }
            if (marker == END) {
                throw new DamagedImageException("the JPEG ends before its picture");
            }
            if (standsAlone(marker)) {
                at += 2;
                continue;
            }
            if (segments.size() == MOST) {
                throw new DamagedImageException("the JPEG's segments do not end");
            }
            int length = Math.max(2, file.u16(at + 2));
            segments.add(new Segment(marker, file.slice(at + 4, length - 2)));
            at += 2 + length;
        }
    }

    /** Where 0xff is followed by a marker's number. */
    private static long nextMarker(ByteReader file, long from) {
        long at = from;
        while (file.u8(at) != 0xff || file.u8(at + 1) == 0 || file.u8(at + 1) == 0xff) {
            at++;
        }
        return at;
    }

    private static boolean standsAlone(int marker) {
        return marker >= 0xd0 && marker <= START || marker == TEMPORARY;
    }

    Optional<Segment> first(int marker, String identifier) {
        return all.stream().filter(segment -> segment.is(marker, identifier)).findFirst();
    }

    /** Behind the mark that ends the picture; empty if there is none. */
    OptionalLong end(ByteReader file) {
        ByteBuffer bytes = file.buffer(0, file.size());
        int last = file.size() - 1;
        for (int at = (int) scanAt; at < last; ) {
            if (bytes.get(at) != (byte) 0xff) {
                at++;
                continue;
            }
            int marker = bytes.get(at + 1) & 0xff;
            if (marker == END) {
                return OptionalLong.of(at + 2L);
            }
            boolean segment = marker >= 0xc0 && !standsAlone(marker) && marker != 0xff && at + 4 <= file.size();
            at += segment ? 2 + Math.max(2, file.u16(at + 2)) : marker == 0xff ? 1 : 2;
        }
        return OptionalLong.empty();
    }
}
