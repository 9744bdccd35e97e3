package dev.darkroom.train;

import dev.darkroom.model.Manifest;

/**
 * What a training made.
 *
 * @param recipe   what was minimised, with the weights that were found
 * @param archive  the TorchScript module with the averaged weights
 * @param selfTest an example of what it answers
 * @param steps    that were made
 * @param minutes  that they took
 */
record Trained(Recipe recipe, byte[] archive, Manifest.SelfTest selfTest, long steps, double minutes) {}
