package dev.darkroom.http.body;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** What a request holds, closed at its end, however it ends. Thread-safe. */
final class RequestMemory {
    private static final String KEY = "darkroom.memory";

    private final List<Entry> entries = new ArrayList<>();
    private boolean ended;

    private RequestMemory() {}

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

    /** Something held; at the request's end it is closed, unless it has been taken. */
    final class Entry {
        private final AutoCloseable content;

        private Entry(AutoCloseable content) {
            this.content = content;
        }

        AutoCloseable content() {
            return content;
        }

        /** From now on it is whoever's took it to close it. */
        AutoCloseable take() {
            synchronized (RequestMemory.this) {
                if (!entries.remove(this)) {
                    throw new IllegalStateException("the request has ended, or its body has been taken before");
                }
                return content;
            }
        }
    }

    /** Closed at once if the request has ended already. */
    Entry add(AutoCloseable content) {
        var entry = new Entry(content);
        synchronized (this) {
            if (!ended) {
                entries.add(entry);
                return entry;
            }
        }
        close(content);
        return entry;
    }

    private void end() {
        List<Entry> left;
        synchronized (this) {
            ended = true;
            left = List.copyOf(entries);
            entries.clear();
        }
        left.forEach(entry -> close(entry.content));
    }

    private static void close(AutoCloseable content) {
        try {
            content.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
