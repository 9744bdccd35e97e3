package dev.darkroom.http.body;

import dev.darkroom.http.ClientGoneException;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** What a request holds, closed at its end, however it ends. Thread-safe. */
final class RequestMemory {
    private static final Logger LOG = Logger.getLogger(RequestMemory.class);
    private static final String KEY = "darkroom.memory";

    private final List<Entry> entries = new ArrayList<>();
    private boolean ended;

    RequestMemory() {}

    /** To be called on the request's event loop. */
    static void begin(RoutingContext context) {
        var memory = new RequestMemory();
        context.put(KEY, memory);
        context.addEndHandler(end -> memory.end());
        if (context.response().closed()) {
            memory.end();
        }
    }

    static RequestMemory of(RoutingContext context) {
        return context.get(KEY);
    }

    /** Whether what it held is gone. A stream of HTTP/2 may end so while its response is still open. */
    synchronized boolean hasEnded() {
        return ended;
    }

    /** Something held; at the request's end it is closed, unless it has been taken. */
    final class Entry {
        private final AutoCloseable content;

        private Entry(AutoCloseable content) {
            this.content = content;
        }

        /**
         * From now on it is whoever's took it to close it, or to give it back.
         *
         * @throws ClientGoneException if the request has ended
         */
        AutoCloseable take() {
            synchronized (RequestMemory.this) {
                if (ended) {
                    throw new ClientGoneException();
                }
                if (!entries.remove(this)) {
                    throw new IllegalStateException("it has been taken before");
                }
                return content;
            }
        }

        /** Leaves what was taken with the request again; closed at once if that has ended meanwhile. */
        void giveBack() {
            keep(this);
        }
    }

    /** Closed at once if the request has ended already. */
    Entry add(AutoCloseable content) {
        var entry = new Entry(content);
        keep(entry);
        return entry;
    }

    private void keep(Entry entry) {
        synchronized (this) {
            if (!ended) {
                entries.add(entry);
                return;
            }
        }
        close(List.of(entry));
    }

    void end() {
        List<Entry> left;
        synchronized (this) {
            ended = true;
            left = List.copyOf(entries);
            entries.clear();
        }
        close(left);
    }

    /** All of them, and quietly: what throws in one handler of a request's end keeps the others from being called. */
    private static void close(List<Entry> left) {
        for (Entry entry : left) {
            try {
                entry.content.close();
            } catch (Exception e) {
                LOG.error("what a request held could not be closed", e);
            }
        }
    }
}
