/** {@code darkroom gpu-check}: what has to be known of a device before it serves. */
package dev.darkroom.bench.device;
