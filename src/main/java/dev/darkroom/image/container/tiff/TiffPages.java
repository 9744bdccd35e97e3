package dev.darkroom.image.container.tiff;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.function.IntFunction;

/** The pages of a TIFF: its directories but for those of reduced copies. */
public final class TiffPages {
    private static final int SUBFILE = 254;
    private static final int MOST = 1000;

    private TiffPages() {}

    /** A copy of the file whose only directory is that of one page; written to {@code room}, which is told how much. */
    public static ByteBuffer page(ByteReader file, int wanted, IntFunction<ByteBuffer> room) {
        var seen = new HashSet<Long>();
        int pages = 0;
        long at = TiffDirectory.firstAt(file);
        for (var directory = TiffDirectory.first(file); ; directory = directory.another(at)) {
            pages += isPage(directory) ? 1 : 0;
            if (pages == wanted && isPage(directory)) {
                return alone(directory, at, room);
            }
            at = directory.next();
            if (at == 0) {
                throw new UnsupportedImageException("the TIFF has %d pages, there is no page %d".formatted(pages, wanted));
            }
            if (!seen.add(at) || seen.size() > MOST) {
                throw new DamagedImageException("the TIFF's directories do not end");
            }
        }
    }

    private static boolean isPage(TiffDirectory directory) {
        return (directory.number(SUBFILE, 0) & 1) == 0;
    }

    private static ByteBuffer alone(TiffDirectory directory, long at, IntFunction<ByteBuffer> room) {
        ByteReader tiff = directory.tiff();
        ByteBuffer copy = room.apply(tiff.size()).put(tiff.buffer(0, tiff.size())).flip().order(tiff.order());
        int nextAt = (int) directory.nextAt();
        if (directory.big()) {
            copy.putLong(8, at);
            if (directory.next() != 0) {
                copy.putLong(nextAt, 0);
            }
        } else {
            copy.putInt(4, (int) at);
            if (directory.next() != 0) {
                copy.putInt(nextAt, 0);
            }
        }
        return copy;
    }
}
