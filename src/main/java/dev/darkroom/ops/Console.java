package dev.darkroom.ops;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.terminal.Interruption;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What a person at a terminal is told beside one line for each request: the address to open, each task as it becomes ready, and what an
 * end waits for. Where there is no terminal, the log says all of it.
 */
@ApplicationScoped
class Console {
    private static final long GLANCE_MILLIS = 200;
    private static final int COUNT_FIRST = 1;

    private final Pipeline pipeline;
    private final StoreLoading loading;
    private final PrintStream terminal = System.out;
    private final boolean shown;
    private final AtomicInteger inside = new AtomicInteger();

    Console(DarkroomConfig config, Pipeline pipeline, StoreLoading loading) {
        shown = config.terminal();
        this.pipeline = pipeline;
        this.loading = loading;
    }

    void started(@Observes StartupEvent event) {
        if (!shown) {
            return;
        }
        // The first Ctrl-C lets the service finish what it has accepted; the JVM would not hear a second one.
        Interruption.askInsteadOfExiting(() -> new Thread(() -> System.exit(Interruption.exitCode().orElse(0)), "end").start());
        Thread watching = new Thread(this::watch, "console");
        watching.setDaemon(true);
        watching.start();
    }

    void count(@Observes Filters filters) {
        filters.register(context -> {
            if (!context.normalizedPath().startsWith("/q/")) {
                inside.incrementAndGet();
                context.addEndHandler(end -> inside.decrementAndGet());
            }
            context.next();
        }, COUNT_FIRST);
    }

    void stopping(@Observes ShutdownDelayInitiatedEvent event) {
        int waiting = inside.get();
        if (shown) {
            terminal.printf("%s; Ctrl-C again stops at once%n", waiting == 0 ? "stopping" : "finishing %d request%s".formatted(waiting, waiting == 1 ? "" : "s"));
        }
    }

    /** Tells of each task when its default has been loaded. */
    private void watch() {
        terminal.println("Darkroom is loading its checkpoints.");
        Set<Task> awaited = EnumSet.allOf(Task.class);
        try {
            boolean last = false;
            while (!last && !awaited.isEmpty()) {
                last = loading.isDone();
                pipeline.store().list().stream().filter(entry -> entry.state().isOffered()).map(ModelEntry::id)
                        .filter(id -> awaited.remove(id.task())).forEach(id -> terminal.printf("  %s is ready%n", id.task()));
                Thread.sleep(GLANCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        awaited.forEach(task -> terminal.printf("  %s has no checkpoint that works%n", task));
        terminal.printf("Open %s in a browser, or send photographs there; Ctrl-C stops.%n", address());
    }

    private static String address() {
        var config = ConfigProvider.getConfig();
        String host = config.getValue("quarkus.http.host", String.class);
        return "http://%s:%s".formatted(host.equals("0.0.0.0") || host.equals("127.0.0.1") ? "localhost" : host, config.getValue("quarkus.http.port", String.class));
    }
}
