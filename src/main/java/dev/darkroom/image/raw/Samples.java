package dev.darkroom.image.raw;

import dev.darkroom.image.file.DamagedImageException;

/** The samples of a strip or tile, row by row; little memory, whatever its height. */
interface Samples extends AutoCloseable {

    /**
     * Fills a row with what comes next, unsigned.
     *
     * @throws DamagedImageException if there is not so much, or it is broken
     */
    void next(short[] row);

    @Override
    default void close() {}
}
