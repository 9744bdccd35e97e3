package dev.darkroom.batching;

/** Why work is not let in. */
public enum Refusal {
    /** Admitted uploads together have too many pixels. */
    PIXELS("The service is busy with as many pixels as it takes."),
    /** Admitted uploads together need too much memory. */
    MEMORY("The service is busy with as many images as its memory holds."),
    /** The work that waits takes longer than anyone should wait. */
    BACKLOG("The service has as much work as it lets wait."),
    /** It could not be finished in time, or an accepted request could not any more. */
    DEADLINE("The service is too busy to finish this in the time that is left for it."),
    /** It could not be finished in time even if nothing else were to be done. */
    UNREACHABLE("");

    private final String message;

    Refusal(String message) {
        this.message = message;
    }

    String message() {
        return message;
    }
}
