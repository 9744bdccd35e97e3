package dev.darkroom.http.connection;

import dev.darkroom.http.HangUp;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands before the server's own handler of an HTTP/1.1 connection, which keeps whatever is sent behind a request that is still being answered.
 *
 * <p>Hangs up on whoever sends more of that than anybody needs, and on what cannot be read there: the server would look for a response of its own to it.
 */
final class Pipelined extends ChannelInboundHandlerAdapter {
    private static final int MOST_BEHIND = 64;

    private final ConnectionState state;

    Pipelined(ConnectionState state) {
        this.state = state;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            state.requestArrived();
        }
        boolean unreadable = message instanceof HttpObject part && part.decoderResult().isFailure();
        if (state.behind() > MOST_BEHIND || unreadable && state.isBusy()) {
            ReferenceCountUtil.release(message);
            HangUp.on(context.channel());
            return;
        }
        context.fireChannelRead(message);
    }
}
