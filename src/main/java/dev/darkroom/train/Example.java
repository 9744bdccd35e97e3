package dev.darkroom.train;

/**
 * What the network is shown and what it should answer.
 *
 * @param input     planes of the degraded picture
 * @param target    planes of the clean one
 * @param condition what the network is told of the degradation, for example sigma/255
 */
record Example(float[] input, float[] target, float[] condition) {}
