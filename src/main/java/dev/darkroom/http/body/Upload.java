package dev.darkroom.http.body;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Hold;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.memory.NativeBytes;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/** An upload outside the heap, which admission knows of from its first byte until it is closed. */
public final class Upload implements AutoCloseable {
    private static final String KEY = "darkroom.body";

    private final NativeBytes bytes;
    private final Hold memory;
    private final ByteBuffer file;
    private final long arrivedNanoTime;

    Upload(NativeBytes bytes, Hold memory) {
        this(bytes, memory, bytes.view(), System.nanoTime());
    }

    private Upload(NativeBytes bytes, Hold memory, ByteBuffer file, long arrivedNanoTime) {
        this.bytes = bytes;
        this.memory = memory;
        this.file = file.asReadOnlyBuffer();
        this.arrivedNanoTime = arrivedNanoTime;
    }

    /** Leaves it with its request, whose it is until somebody takes it. */
    void arrivedFor(RoutingContext context) {
        context.put(KEY, RequestMemory.of(context).add(this));
    }

    /** The body of a request; whoever takes it closes it, also when the client has gone, and nobody else does. */
    public static Upload takenFrom(RoutingContext context) {
        RequestMemory.Entry entry = context.get(KEY);
        return (Upload) entry.take();
    }

    /** What is seen in the body of a request before it is taken. It is not freed meanwhile, also when the client goes. */
    static <T> T seenIn(RoutingContext context, Function<ByteBuffer, T> look) {
        RequestMemory.Entry entry = context.get(KEY);
        var upload = (Upload) entry.take();
        try {
            return look.apply(upload.file());
        } finally {
            entry.giveBack();
        }
    }

    /**
     * Reads a file.
     *
     * @throws dev.darkroom.http.UploadTooLargeException if it is larger than the limit
     * @throws dev.darkroom.batching.QueueFullException  if there is no memory for it
     */
    public static Upload of(Path received, UploadLimit limit, Admission admission) throws IOException {
        limit.check(Files.size(received));
        Hold memory = admission.hold(Files.size(received));
        try {
            return new Upload(NativeBytes.of(received), memory);
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    private static Upload ofSize(int size, Admission admission) {
        Hold memory = admission.hold(size);
        try {
            return new Upload(NativeBytes.ofSize(size), memory);
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    /** A part of it, which lives and ends with the whole. */
    public Upload only(ByteBuffer part) {
        return new Upload(bytes, memory, part, arrivedNanoTime);
    }

    /**
     * What is made of the file, in memory of its own that admission knows of too, and in the place of this, which is closed by that; this
     * itself if nothing was to be made.
     *
     * @param making given the file and where there is room for a copy, which is told how large
     * @throws dev.darkroom.batching.QueueFullException if there is no memory for it; then nothing has been closed
     */
    public Upload made(BiFunction<ByteBuffer, IntFunction<ByteBuffer>, ByteBuffer> making, Admission admission) {
        var copies = new ArrayList<Upload>();
        try {
            ByteBuffer file = making.apply(file(), size -> {
                Upload copy = ofSize(size, admission);
                copies.add(copy);
                return copy.bytes.view();
            });
            if (copies.isEmpty()) {
                return this;
            }
            close();
            return new Upload(copies.get(0).bytes, copies.get(0).memory, file, arrivedNanoTime);
        } catch (Throwable e) {
            copies.forEach(Upload::close);
            throw e;
        }
    }

    /** The bytes from position to limit; not to be read after this has been closed. */
    public ByteBuffer file() {
        return file.duplicate();
    }

    /** When its last byte was there, of {@link System#nanoTime()}; from then on its client waits. */
    public long arrivedNanoTime() {
        return arrivedNanoTime;
    }

    @Override
    public void close() {
        bytes.close();
        memory.close();
    }
}
