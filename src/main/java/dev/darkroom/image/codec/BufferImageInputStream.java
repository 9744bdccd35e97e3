package dev.darkroom.image.codec;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory for the JDK's readers, which would otherwise copy it to the heap. */
final class BufferImageInputStream extends ImageInputStreamImpl {
    private final ByteBuffer file;

    BufferImageInputStream(ByteBuffer file) {
        this.file = file.slice();
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < file.limit() ? file.get((int) streamPos++) & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= file.limit()) {
            return -1;
        }
        int count = (int) Math.min(length, file.limit() - streamPos);
        file.get((int) streamPos, into, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return file.limit();
    }
}
