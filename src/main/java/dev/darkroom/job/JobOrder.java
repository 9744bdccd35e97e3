package dev.darkroom.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a caller wants done, as it is kept.
 *
 * @param account whose it is
 * @param task    what is to be done: the name of a task, or score
 * @param query   the request's parameters
 * @param accept  the request's {@code Accept}, or null
 * @param names   of the uploaded files, in their order
 * @param digest  of all of that and of the files: another request under the same key is not this one
 */
public record JobOrder(String account, String task, Map<String, String> query, String accept, List<String> names, Instant received, String digest) {}
