package dev.darkroom.batching;

import java.time.Duration;

/**
 * What a request asks of the service.
 *
 * @param pixels of the image
 * @param bytes  of memory until it has been answered
 * @param time   of the devices, all of them together
 */
public record Work(long pixels, long bytes, Duration time) {}
