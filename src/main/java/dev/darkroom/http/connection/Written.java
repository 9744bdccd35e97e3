package dev.darkroom.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Notices what HTTP/2 hands to the network of its answers, which its clients' windows let out. */
final class Written extends ChannelOutboundHandlerAdapter {
    /** Of a ping or settings that are acknowledged, which any client can have at any time. */
    private static final int LONGEST_ACKNOWLEDGEMENT = 17;

    private final ConnectionState state;

    Written(ConnectionState state) {
        this.state = state;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf frame && frame.readableBytes() > LONGEST_ACKNOWLEDGEMENT) {
            state.moved();
        }
        context.write(message, promise);
    }
}
