package dev.darkroom.memory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Up to 2 GB outside the Java heap. They take memory as they are written, not as room is made for them, and give it back when they are
 * closed; the collector does it for whoever forgets.
 *
 * <p>A view must not be read after that: there may be nothing behind it. One thread at a time.
 */
public final class NativeBytes implements AutoCloseable {
    static {
        withoutLimitsOfTheirOwn();
    }

    private BytePointer memory;
    private int size;
    private boolean closed;

    private NativeBytes(long capacity) {
        memory = room(capacity);
    }

    /** A scope of pointers that somebody has open leaves it alone. */
    private static BytePointer room(long capacity) {
        return new BytePointer(Math.max(1, capacity)).retainReference();
    }

    /**
     * JavaCPP would otherwise count the whole process's memory, model weights included, against the Java heap's size, and throw
     * OutOfMemoryError. Has to come before anything else of it.
     */
    public static void withoutLimitsOfTheirOwn() {
        for (String limit : new String[] {"org.bytedeco.javacpp.maxBytes", "org.bytedeco.javacpp.maxPhysicalBytes"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "0");
            }
        }
    }

    /** None yet, with room for so many; more make more room. */
    public static NativeBytes withRoomFor(long capacity) {
        return new NativeBytes(capacity);
    }

    /** So many, of any value, to be written through {@link #view}. */
    public static NativeBytes ofSize(int size) {
        var bytes = new NativeBytes(size);
        bytes.size = size;
        return bytes;
    }

    /** A copy. */
    public static NativeBytes of(ByteBuffer bytes) {
        NativeBytes copy = ofSize(bytes.remaining());
        copy.view().put(bytes.duplicate());
        return copy;
    }

    /** What is in a file. */
    public static NativeBytes of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            NativeBytes bytes = ofSize(Math.toIntExact(channel.size()));
            for (ByteBuffer rest = bytes.view(); rest.hasRemaining(); ) {
                if (channel.read(rest) < 0) {
                    bytes.close();
                    throw new EOFException("the file has been cut short meanwhile");
                }
            }
            return bytes;
        }
    }

    /** Adds what is between position and limit, and moves the position to the limit. */
    public void append(ByteBuffer more) {
        int length = more.remaining();
        makeRoom(Math.addExact(size, length));
        slice(size, length).put(more);
        size += length;
    }

    private void makeRoom(int needed) {
        if (needed > memory.capacity()) {
            BytePointer larger = room(Math.min(Integer.MAX_VALUE, Math.max(needed, 2 * memory.capacity())));
            Pointer.memcpy(larger, memory, size);
            memory.close();
            memory = larger;
        }
    }

    public int size() {
        return size;
    }

    /** All of them, from position to limit. */
    public ByteBuffer view() {
        return slice(0, size);
    }

    private ByteBuffer slice(int from, int length) {
        if (closed) {
            throw new IllegalStateException("the memory has been given back");
        }
        ByteBuffer all = memory.asByteBuffer();
        return all.slice(all.position() + from, length).order(ByteOrder.BIG_ENDIAN);
    }

    /** A copy on the heap. */
    public byte[] toArray() {
        byte[] copy = new byte[size];
        if (size > 0) {
            memory.get(copy, 0, size);
        }
        return copy;
    }

    /** Closing twice is harmless. */
    @Override
    public void close() {
        closed = true;
        memory.close();
    }
}
