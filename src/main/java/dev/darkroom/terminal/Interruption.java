package dev.darkroom.terminal;

import java.io.IOException;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;

/**
 * Lets a command end by itself when its process is told to: a JVM that exits while the engine computes crashes in the engine's native code.
 *
 * <p>The first SIGINT or SIGTERM asks the command to stop, a second one kills the process.
 */
public final class Interruption {
    private static final int SIGNALLED = 128;
    private static final AtomicReference<Signal> RECEIVED = new AtomicReference<>();
    private static final Deque<Runnable> STOPS = new ConcurrentLinkedDeque<>();

    private Interruption() {}

    /** What ends with a command: it is not asked to stop any more. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * From now on signals ask.
     *
     * @param stop what is done for a command that has not said how it is stopped
     */
    public static void askInsteadOfExiting(Runnable stop) {
        STOPS.addLast(stop);
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), Interruption::received);
        }
    }

    /**
     * Says how a command is stopped until the scope is closed, instead of interrupting its thread.
     *
     * @param stop is called from another thread, at once if a signal has come already
     */
    public static Scope heeded(Runnable stop) {
        STOPS.addFirst(stop);
        if (isRequested()) {
            stop.run();
        }
        return () -> STOPS.remove(stop);
    }

    public static boolean isRequested() {
        return RECEIVED.get() != null;
    }

    /** What shells expect of a process that a signal has ended: 130 after Ctrl-C, 143 after SIGTERM; empty without one. */
    public static OptionalInt exitCode() {
        Signal signal = RECEIVED.get();
        return signal == null ? OptionalInt.empty() : OptionalInt.of(SIGNALLED + signal.getNumber());
    }

    private static void received(Signal signal) {
        if (RECEIVED.compareAndSet(null, signal)) {
            STOPS.getFirst().run();
        } else {
            kill();
        }
    }

    /** By a signal that runs none of the native libraries' code on the way out. */
    private static void kill() {
        try {
            new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).start();
        } catch (IOException e) {
            Runtime.getRuntime().halt(SIGNALLED + RECEIVED.get().getNumber());
        }
    }
}
