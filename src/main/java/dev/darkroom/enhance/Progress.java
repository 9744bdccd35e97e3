package dev.darkroom.enhance;

import java.time.Duration;

/**
 * How far a request has come.
 *
 * @param tiles that have been restored
 * @param of    all tiles
 * @param left  the time that the others will take by calibration, as things are going; waiting for other requests not counted
 */
public record Progress(int tiles, int of, Duration left) {}
