package dev.darkroom.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * A job as its owner sees it.
 *
 * @param state    waiting, running, done or failed
 * @param expires  when a job that has ended is forgotten, or null
 * @param progress of a job that is running, or null
 * @param result   the address of what has been made, or null
 * @param report   of a scoring that is done, JSON, or null
 * @param comparison that is done, JSON, or null
 * @param problem  why it failed, JSON, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(String id, String state, String task, Instant received, Instant ended, Instant expires, JobProgress progress, String result,
        @JsonRawValue String report, @JsonRawValue String comparison, @JsonRawValue String problem) {}
