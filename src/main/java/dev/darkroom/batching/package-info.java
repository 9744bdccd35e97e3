/**
 * The queue in front of the devices: admission, deadlines, batches across requests, cancellation, fairness.
 *
 * <p>Plain Java: it knows neither the web framework nor the engine.
 */
package dev.darkroom.batching;
