package dev.darkroom.image.raw;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a DNG has what.
 *
 * @param first      says what camera it was
 * @param photograph the samples themselves, in the first directory or one below it; previews and masks are passed by
 */
record Directories(TiffDirectory first, TiffDirectory photograph) {
    static final int MOSAIC = 32803;
    static final int LINEAR = 34892;
    /** Cameras write two to six. */
    private static final int MOST = 64;

    /**
     * Looks through the file.
     *
     * @throws UnsupportedImageException if it has previews only
     * @throws DamagedImageException     if a directory lies outside the file, or there is no end of them
     */
    static Directories of(TiffDirectory first) {
        Set<Long> seen = new HashSet<>();
        for (var directory = first; ; directory = first.another(directory.next())) {
            var found = within(directory, seen);
            if (found.isPresent()) {
                return new Directories(first, found.get());
            }
            if (directory.next() == 0) {
                throw new UnsupportedImageException("the DNG has no photograph of sensor samples, only previews");
            }
            count(directory.next(), seen);
        }
    }

    private static Optional<TiffDirectory> within(TiffDirectory directory, Set<Long> seen) {
        if (isPhotograph(directory)) {
            return Optional.of(directory);
        }
        for (int i = 0; ; i++) {
            long at = directory.number(DngTag.OTHER_DIRECTORIES, i, 0);
            if (at == 0) {
                return Optional.empty();
            }
            count(at, seen);
            var below = directory.another(at);
            if (isPhotograph(below)) {
                return Optional.of(below);
            }
        }
    }

    private static void count(long at, Set<Long> seen) {
        if (!seen.add(at) || seen.size() > MOST) {
            throw new DamagedImageException("the DNG's directories do not end");
        }
    }

    private static boolean isPhotograph(TiffDirectory directory) {
        long photometric = directory.number(DngTag.PHOTOMETRIC, 0);
        return directory.number(DngTag.SUBFILE, 0) == 0 && (photometric == MOSAIC || photometric == LINEAR);
    }

    boolean isMosaic() {
        return photograph.number(DngTag.PHOTOMETRIC, 0) == MOSAIC;
    }

    /** What stands in the first directory of files by the book, and with the samples in others. */
    double[] decimals(int tag, int atMost) {
        return (first.has(tag) ? first : photograph).decimals(tag, atMost);
    }
}
