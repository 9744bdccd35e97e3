package dev.darkroom.inference;

import java.time.Duration;
import java.util.List;

/**
 * How a device is.
 *
 * @param state    whether it works
 * @param busyFor  how long its present batch has been running; zero if none is
 * @param capPixels how many pixels the batches of every network may have
 */
public record DeviceStatus(String device, State state, Duration busyFor, long capPixels) {

    /** Whether devices serve as they are: one works, and none is stuck. Where one of several is lost the others do its work. */
    public static boolean serve(List<DeviceStatus> devices) {
        return devices.stream().anyMatch(device -> device.state == State.WORKING) && devices.stream().noneMatch(device -> device.state == State.STUCK);
    }

    /** Whether a device works. */
    public enum State {
        WORKING,
        /** A batch has been running for much longer than it should. */
        STUCK,
        /** It failed at a tiny forward again and again, and gets no work until it adds up again. */
        LOST
    }
}
