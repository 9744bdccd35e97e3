package dev.darkroom.job;

import java.time.Instant;
import java.util.Map;

/**
 * What has become of a job: the answer that the request would have had.
 *
 * @param status  200, or that of the problem
 * @param headers of the answer; its body is a file of its own
 */
public record JobOutcome(int status, Map<String, String> headers, Instant ended) {
    public boolean succeeded() {
        return status == 200;
    }

    public String mediaType() {
        return headers.get("Content-Type");
    }
}
