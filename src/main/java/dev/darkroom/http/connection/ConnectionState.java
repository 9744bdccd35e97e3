package dev.darkroom.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Optional;

/** What is known of one connection; belongs to its event loop. */
final class ConnectionState {
    private static final AttributeKey<ConnectionState> KEY = AttributeKey.valueOf("darkroom.connection");
    /** A client that opens a connection has something to say. */
    private static final Duration UNTIL_THE_FIRST_REQUEST = Duration.ofSeconds(30);
    private static final Duration UNTIL_SOMETHING_IS_TAKEN = Duration.ofSeconds(30);
    /** Of one connection: an answer that is not handed over in pieces, and what the one before has left. */
    private static final long MOST_UNREAD_BYTES = 8 << 20;

    private boolean counted;
    private int running;
    /** Of those that run, how many wait for their client to take something. */
    private int held;
    /** That have arrived and do not run yet. */
    private int behind;
    private boolean anyRequest;
    private long movedNanos = System.nanoTime();
    private long quietSinceNanos = System.nanoTime();
    private Object waiting;
    private long sentOfIt;
    private long waitingSinceNanos;

    static ConnectionState of(Channel channel) {
        ConnectionState known = channel.attr(KEY).get();
        if (known == null) {
            known = new ConnectionState();
            channel.attr(KEY).set(known);
        }
        return known;
    }

    /** Whether it is among those of its address. */
    boolean isCounted() {
        return counted;
    }

    void counted() {
        counted = true;
    }

    boolean hadNoRequest() {
        return !anyRequest;
    }

    /** Counted from the second one on; those that were answered before anybody counted them are forgotten once nothing runs. */
    void requestArrived() {
        behind = running == 0 ? 1 : behind + 1;
    }

    boolean isBusy() {
        return running > 0;
    }

    /** How many requests wait for those before them. */
    int behind() {
        return behind;
    }

    void requestBegan() {
        running++;
        behind = Math.max(0, behind - 1);
        anyRequest = true;
        moved();
    }

    void requestHeld() {
        held++;
        moved();
    }

    void requestGoesOn() {
        held--;
        moved();
    }

    void requestEnded() {
        running--;
        quietSinceNanos = System.nanoTime();
        moved();
    }

    /** Something of an answer has been handed to the network, or the service has work to do. */
    void moved() {
        movedNanos = System.nanoTime();
    }

    /** Why it should be closed, if it should. */
    Optional<String> fault(Channel channel, Duration idleTimeout) {
        long now = System.nanoTime();
        Duration quiet = Duration.ofNanos(now - quietSinceNanos);
        if (running == 0 && quiet.compareTo(anyRequest ? idleTimeout : UNTIL_THE_FIRST_REQUEST) > 0) {
            return Optional.of("no request");
        }
        Http2ConnectionHandler streams = channel.pipeline().get(Http2ConnectionHandler.class);
        if (streams != null && nothingMoves(streams.connection(), now)) {
            return Optional.of("its streams are not read");
        }
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        if (unsent == null || unsent.totalPendingWriteBytes() == 0) {
            waiting = null;
            return Optional.empty();
        }
        if (unsent.totalPendingWriteBytes() > MOST_UNREAD_BYTES) {
            return Optional.of("answers pile up unread");
        }
        return notTaken(unsent, now);
    }

    /** Answers that no window lets out are nowhere in the channel; what they have sent is seen by {@link Written}. */
    private boolean nothingMoves(Http2Connection streams, long now) {
        if (streams.numActiveStreams() == 0 || running > held) {
            moved();
        }
        return now - movedNanos > UNTIL_SOMETHING_IS_TAKEN.toNanos();
    }

    /** Whether the same bytes have been waiting for too long. */
    private Optional<String> notTaken(ChannelOutboundBuffer unsent, long now) {
        Object first = unsent.current();
        if (first == null || first != waiting || unsent.currentProgress() != sentOfIt) {
            waiting = first;
            sentOfIt = unsent.currentProgress();
            waitingSinceNanos = now;
            return Optional.empty();
        }
        return now - waitingSinceNanos > UNTIL_SOMETHING_IS_TAKEN.toNanos() ? Optional.of("an answer is not read") : Optional.empty();
    }
}
