package dev.darkroom.model.torchscript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** What lies where, so that of a large file no more is in memory than is looked at. */
interface Bytes {
    long size();

    /**
     * A copy of some of them, little-endian.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    ByteBuffer at(long offset, int length);

    /** Of a file that stays open as long as this is used; the system's failures are {@link UncheckedIOException}s. */
    static Bytes of(FileChannel file) throws IOException {
        long size = file.size();
        return new Bytes() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public ByteBuffer at(long offset, int length) {
                if (offset < 0 || offset + length > size) {
                    throw new IndexOutOfBoundsException();
                }
                try {
                    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
                    while (bytes.hasRemaining()) {
                        if (file.read(bytes, offset + bytes.position()) < 0) {
                            throw new IndexOutOfBoundsException(); // somebody has cut it short meanwhile
                        }
                    }
                    return bytes.flip();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
