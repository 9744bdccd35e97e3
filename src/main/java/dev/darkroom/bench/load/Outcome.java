package dev.darkroom.bench.load;

import dev.darkroom.batching.Refusal;
import dev.darkroom.bench.picture.SizeClass;
import java.time.Duration;
import java.util.Optional;

/** What became of one arrival. */
public sealed interface Outcome {
    SizeClass size();

    /**
     * @param latencyNanos since the moment it was to arrive, whenever it could be sent
     * @param endedNanos   since the first arrival
     */
    record Answered(SizeClass size, long latencyNanos, long endedNanos, Verdict verdict) implements Outcome {}

    /** @param retryAfter empty if it is of no use to come again */
    record Refused(SizeClass size, Refusal reason, Optional<Duration> retryAfter) implements Outcome {}

    /** Let in, but not done before its deadline. */
    record Expired(SizeClass size) implements Outcome {}

    /** Let in, and failed. */
    record Failed(SizeClass size, Throwable cause) implements Outcome {}

    /** Let in, and never heard of again. */
    record Lost(SizeClass size) implements Outcome {}
}
