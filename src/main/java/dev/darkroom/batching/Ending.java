package dev.darkroom.batching;

import java.util.concurrent.CancellationException;

/** How a request's tiles ended. */
public enum Ending {
    DONE, CANCELLED, EXPIRED, FAILED;

    static Ending of(Throwable failure) {
        if (failure == null) {
            return DONE;
        }
        if (failure instanceof CancellationException) {
            return CANCELLED;
        }
        return failure instanceof DeadlineExceededException ? EXPIRED : FAILED;
    }
}
