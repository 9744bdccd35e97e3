package dev.darkroom.http.body;

import dev.darkroom.http.HttpConfig;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.UploadTooSlowException;
import dev.darkroom.memory.NativeBytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** A body on its way in; everything happens on its connection's event loop, which only copies. */
final class Reception implements AutoCloseable {
    private static final int STEP = 1 << 16;

    private final HttpServerRequest request;
    private final Arrivals.Arrival arrival;
    private final UploadLimit limit;
    private final HttpConfig config;
    private final Vertx vertx;
    private final Transfer transfer;
    private final NativeBytes bytes;
    private final Promise<Upload> upload = Promise.promise();
    private long reserved;
    private long looking;
    private boolean ended;

    Reception(HttpServerRequest request, Arrivals.Arrival arrival, UploadLimit limit, HttpConfig config, Vertx vertx) {
        this.request = request;
        this.arrival = arrival;
        this.limit = limit;
        this.config = config;
        this.vertx = vertx;
        transfer = Transfer.begin(config);
        bytes = NativeBytes.withRoomFor(Math.min(UploadLimit.announced(request), config.maxUpload().asLongValue()));
    }

    /** Whoever hangs up gets no answer, and the request ends with the connection: then this never completes. */
    Future<Upload> begin() {
        if (ended) {
            return upload.future();
        }
        request.handler(this::arrived).endHandler(end -> complete()).exceptionHandler(gone -> close());
        looking = vertx.setPeriodic(Transfer.LOOK.toMillis(), time -> look());
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
        return upload.future();
    }

    private void arrived(Buffer buffer) {
        if (ended) {
            return; // what still comes runs into nothing
        }
        try {
            int size = bytes.size() + buffer.length();
            limit.check(size);
            while (reserved < size) {
                arrival.grow(STEP);
                reserved += STEP;
            }
            bytes.append(buffer.getByteBuf().nioBuffer());
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void look() {
        if (transfer.time().compareTo(config.uploadTimeout()) > 0) {
            fail(UploadTooSlowException.late(config.uploadTimeout()));
        } else if (transfer.isTooSlow(bytes.size())) {
            fail(UploadTooSlowException.slow(config.leastRate().asLongValue()));
        }
    }

    private void complete() {
        if (end()) {
            upload.complete(new Upload(bytes, arrival.complete()));
        }
    }

    private void fail(Throwable failure) {
        if (giveUp()) {
            upload.fail(failure);
        }
    }

    /** The request has ended: what has not arrived by then is given up. */
    @Override
    public void close() {
        giveUp();
    }

    /** Whether there was something to give up. */
    private boolean giveUp() {
        boolean first = end();
        if (first) {
            bytes.close();
            arrival.close();
        }
        return first;
    }

    private boolean end() {
        boolean first = !ended;
        ended = true;
        vertx.cancelTimer(looking);
        return first;
    }
}
