package dev.darkroom.memory;

/** Waiting that nothing cuts short, for threads that use memory which is freed next. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Waits until it is over, or for a while. */
    @FunctionalInterface
    public interface Wait {
        /** Whether it is over. */
        boolean once() throws InterruptedException;
    }

    /** Waits until it is over; an interruption meanwhile is left for whoever looks next. */
    public static void until(Wait over) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (over.once()) {
                        return;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
