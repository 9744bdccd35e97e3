package dev.darkroom.bench.simulation;

import dev.darkroom.batching.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is going to come.
 *
 * @param number      tells it from others that are like it
 * @param at          since the beginning
 * @param tiles       how many of each side
 * @param cancelAfter when its client leaves, since it came
 */
public record Arrival(long number, Duration at, Map<Integer, Integer> tiles, Work work, Duration timeout, Optional<Duration> cancelAfter) {}
