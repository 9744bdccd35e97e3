package dev.darkroom.http.body;

import dev.darkroom.memory.NativeBytes;
import io.vertx.ext.web.RoutingContext;

/** Bytes on their way to a client; what they take is given back when the last one has been sent, or the client is given up. */
public final class Answer {
    private final NativeBytes bytes;

    private Answer(NativeBytes bytes) {
        this.bytes = bytes;
    }

    /** @param memory what holds the bytes, closed at the request's end, which may have come already */
    public static Answer to(RoutingContext context, NativeBytes bytes, AutoCloseable memory) {
        RequestMemory.of(context).add(memory);
        return new Answer(bytes);
    }

    /** Something to do when the request has ended, answered or not. */
    public static void afterwards(RoutingContext context, Runnable step) {
        RequestMemory.of(context).add(step::run);
    }

    NativeBytes bytes() {
        return bytes;
    }
}
