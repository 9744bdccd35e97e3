package dev.darkroom.inference;

import java.time.Duration;

/**
 * How a device is.
 *
 * @param state    whether it works
 * @param busyFor  how long its present batch has been running; zero if none is
 * @param capPixels how many pixels its batches may have
 */
public record DeviceStatus(String device, State state, Duration busyFor, long capPixels) {
    /** Whether a device works. */
    public enum State {
        WORKING,
        /** A batch has been running for much longer than it should. */
        STUCK,
        /** It failed at a tiny forward again and again, and gets no work until it adds up again. */
        LOST
    }
}
