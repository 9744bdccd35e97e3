package dev.darkroom.ops;

import dev.darkroom.batching.Admission;
import dev.darkroom.memory.FreeMemory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Gives back what the work has left in the C library's hands, once there is none for a while. */
@ApplicationScoped
class IdleMemory {
    private static final long SECONDS = 10;

    private final Admission admission;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "idle-memory");
        thread.setDaemon(true);
        return thread;
    });
    /** Of all that was let in, how much there was at the last look, and when memory was given back. */
    private long seen;
    private long givenBackAt;

    IdleMemory(Admission admission) {
        this.admission = admission;
    }

    void start(@Observes StartupEvent event) {
        clock.scheduleWithFixedDelay(() -> giveBackIfIdle(FreeMemory::giveBack), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
    }

    /** Idle is who has had nothing to do from one look to the next, but had before. */
    void giveBackIfIdle(Runnable giveBack) {
        long letIn = admission.letIn();
        boolean quiet = letIn == seen && admission.admittedPixels() == 0;
        seen = letIn;
        if (quiet && letIn != givenBackAt) {
            givenBackAt = letIn;
            giveBack.run();
        }
    }
}
