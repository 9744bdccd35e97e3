package dev.darkroom.http.body;

import dev.darkroom.http.HangUp;
import dev.darkroom.http.HttpConfig;
import dev.darkroom.memory.NativeBytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import org.jboss.logging.Logger;

/**
 * An answer on its way out; everything happens on its connection's event loop. What the network library has of it at a time is a piece, and a
 * client that takes less than the least rate is hung up on.
 */
final class Sending {
    private static final Logger LOG = Logger.getLogger(Sending.class);
    private static final int PIECE = 1 << 17;

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final HttpConfig config;
    private final ByteBuffer rest;
    private final int size;
    private final Transfer transfer;
    private final Promise<Void> done = Promise.promise();
    private long looking;
    /** Then what it sends has been freed. */
    private boolean over;

    Sending(RoutingContext context, NativeBytes bytes, HttpConfig config) {
        this.context = context;
        this.response = context.response();
        this.config = config;
        over = response.closed() || RequestMemory.of(context).hasEnded();
        rest = over ? ByteBuffer.allocate(0) : bytes.view();
        size = rest.remaining();
        transfer = Transfer.begin(config);
    }

    /** Ends with the request, sent whole or not. */
    Future<Void> begin() {
        if (over) {
            return Future.succeededFuture();
        }
        context.addEndHandler(end -> end());
        looking = context.vertx().setPeriodic(Transfer.LOOK.toMillis(), time -> look());
        response.putHeader("Content-Length", Integer.toString(size));
        response.drainHandler(drained -> send());
        send();
        return done.future();
    }

    private void send() {
        while (!over && !response.closed() && rest.hasRemaining() && !response.writeQueueFull()) {
            byte[] piece = new byte[Math.min(PIECE, rest.remaining())];
            rest.get(piece);
            response.write(Buffer.buffer(piece));
        }
        if (!over && !rest.hasRemaining() && !response.ended() && !response.closed()) {
            response.end();
        }
    }

    /** What has been handed over may still wait for the client, but is less than a piece or two. */
    private void look() {
        if (transfer.isTooSlow(size - rest.remaining())) {
            LOG.infof("an answer of %d bytes was given up after %d: the client takes less than %d bytes a second",
                    size, size - rest.remaining(), config.leastRate().asLongValue());
            context.vertx().cancelTimer(looking);
            HangUp.on(context.request());
        }
    }

    private void end() {
        over = true;
        context.vertx().cancelTimer(looking);
        done.tryComplete();
    }
}
