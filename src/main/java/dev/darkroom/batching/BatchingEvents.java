package dev.darkroom.batching;

import java.time.Duration;

/** What happens to requests before the devices, for whoever counts it; must be quick and must not throw. */
public interface BatchingEvents {
    BatchingEvents NONE = new BatchingEvents() {};

    default void admitted(Work work) {}

    default void refused(Refusal reason) {}

    /** @param wait between submission and the moment a device took the first tile */
    default void started(Duration wait) {}

    default void ended(Ending ending) {}
}
