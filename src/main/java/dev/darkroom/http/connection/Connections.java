package dev.darkroom.http.connection;

import dev.darkroom.http.FilterOrder;
import dev.darkroom.http.HangUp;
import dev.darkroom.http.HttpConfig;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks at all connections every second, also those that have not sent a request yet, and closes those that only stay: without a request, with
 * an answer that is not read, or beyond what one address may have open.
 */
@ApplicationScoped
final class Connections {
    private static final Logger LOG = Logger.getLogger(Connections.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final HttpConfig config;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    Connections(HttpConfig config) {
        this.config = config;
    }

    void register(@Observes Filters filters, Vertx vertx) {
        filters.register(Connections::count, FilterOrder.CONNECTION);
        for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
            loop.scheduleWithFixedDelay(() -> look((SingleThreadEventLoop) loop), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void count(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            ConnectionState state = ConnectionState.of(connection.channel());
            if (state.hadNoRequest()) {
                watch(connection.channel().pipeline(), state);
            }
            state.requestBegan();
            // A worker that has written an answer says so itself.
            context.addEndHandler(end -> onLoop(connection.channel(), state::requestEnded));
            onceTheLastAnswerIsTaken(context, state, connection.channel());
        } else {
            context.next();
        }
    }

    private static void watch(ChannelPipeline pipeline, ConnectionState state) {
        ChannelHandlerContext streams = pipeline.context(Http2ConnectionHandler.class);
        ChannelHandlerContext requests = pipeline.context(VertxHandler.class);
        if (streams != null) {
            pipeline.addBefore(streams.name(), "darkroom-written", new Written(state));
        } else if (requests != null) {
            pipeline.addBefore(requests.name(), "darkroom-pipelined", new Pipelined(state));
        }
    }

    private static void onLoop(Channel channel, Runnable change) {
        if (channel.eventLoop().inEventLoop()) {
            change.run();
        } else {
            channel.eventLoop().execute(change);
        }
    }

    /** Whoever sends request after request without reading has the next one looked at when the answers before have gone. */
    private static void onceTheLastAnswerIsTaken(RoutingContext context, ConnectionState state, Channel channel) {
        HttpServerResponse response = context.response();
        if (!response.writeQueueFull()) {
            context.next();
            return;
        }
        context.request().pause();
        state.requestHeld();
        var held = new AtomicBoolean(true);
        Runnable goesOn = () -> {
            if (held.getAndSet(false)) {
                state.requestGoesOn();
            }
        };
        context.addEndHandler(end -> onLoop(channel, goesOn));
        response.drainHandler(drained -> {
            goesOn.run();
            response.drainHandler(null);
            context.request().resume();
            context.next();
        });
    }

    private void look(SingleThreadEventLoop loop) {
        List<Channel> channels = new ArrayList<>();
        loop.registeredChannelsIterator().forEachRemaining(channels::add);
        for (Channel channel : channels) {
            if (channel.parent() instanceof ServerSocketChannel && channel.isActive()) {
                fault(channel).ifPresent(why -> {
                    LOG.debugf("a connection of %s is closed: %s", channel.remoteAddress(), why);
                    HangUp.on(channel);
                });
            }
        }
    }

    private Optional<String> fault(Channel channel) {
        ConnectionState state = ConnectionState.of(channel);
        if (state.isCounted()) {
            return state.fault(channel, config.idleTimeout());
        }
        state.counted();
        String address = Network.of(((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress());
        int number = open.merge(address, 1, Integer::sum);
        channel.closeFuture().addListener(closed -> open.computeIfPresent(address, (same, left) -> left > 1 ? left - 1 : null));
        return number > config.connectionsOfAnAddress() ? Optional.of("there are too many of this address") : Optional.empty();
    }
}
