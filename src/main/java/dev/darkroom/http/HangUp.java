package dev.darkroom.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends a connection at once. An orderly close waits until the other side has taken what is on its way, which may be never. */
public final class HangUp {
    private HangUp() {}

    /** To be called on the channel's event loop. */
    public static void on(Channel channel) {
        channel.unsafe().close(channel.newPromise());
    }

    /** HTTP/2 ends the stream alone. To be called on the request's event loop. */
    public static void on(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            on(((ConnectionBase) request.connection()).channel());
        }
    }
}
