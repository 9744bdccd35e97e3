package dev.darkroom.train;

import dev.darkroom.model.Manifest;

/**
 * What a training made.
 *
 * @param archive  the TorchScript module with the averaged weights
 * @param selfTest an example of what it answers
 * @param steps    that were made
 * @param minutes  that they took
 */
record Trained(byte[] archive, Manifest.SelfTest selfTest, long steps, double minutes) {}
