package dev.darkroom.image.container.jpeg;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.UnsupportedImageException;

/** How often a JPEG goes over its picture: a decoder does the work of all pixels for each scan, however few bytes it has. */
public final class JpegScans {
    /** What cameras and programs write has 14 at most; the letter of the standard has room for hundreds of thousands. */
    private static final int MOST = 64;
    private static final int MOST_SEGMENTS = 4096;
    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;

    private JpegScans() {}

    /**
     * Goes through the file from its first scan to its end.
     *
     * @throws UnsupportedImageException if there are more scans, or segments between them, than are decoded
     */
    public static void check(ByteReader file, long firstScan) {
        int scans = 0;
        int segments = 0;
        for (long at = firstScan; at + 4 <= file.size(); ) {
            int marker = file.u8(at + 1);
            if (file.u8(at) != 0xff || !hasLength(marker)) {
                at = marker == EOI && file.u8(at) == 0xff ? file.size() : file.indexOf(0xff, at + 1);
                continue;
            }
            scans += marker == SOS ? 1 : 0;
            segments++;
            if (scans > MOST || segments > MOST_SEGMENTS) {
                throw new UnsupportedImageException("JPEGs with more than %d scans are not supported".formatted(MOST));
            }
            at += 2 + file.u16(at + 2);
        }
    }

    /** Not a byte of data, a restart, the start or end of a picture, or filling. */
    private static boolean hasLength(int marker) {
        return marker >= 0xc0 && marker != 0xff && (marker < 0xd0 || marker > EOI);
    }
}
