package dev.darkroom.job;

import java.util.Map;

/** What a failure is answered with. */
public interface JobFailures {
    /** @param jobId under which the reason can be found in the log */
    Refusal refusal(Throwable failure, String jobId);

    /**
     * An answer that is none.
     *
     * @param status of HTTP
     */
    record Refusal(int status, Map<String, String> headers, byte[] body) {
        /** Whether it is worth trying again. */
        boolean passes() {
            return status == 429 || status == 503;
        }

        boolean isAFault() {
            return status == 500;
        }

        long retryAfterSeconds() {
            return Long.parseLong(headers.getOrDefault("Retry-After", "1"));
        }
    }
}
