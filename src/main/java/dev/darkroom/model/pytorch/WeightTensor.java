package dev.darkroom.model.pytorch;

/**
 * One tensor of a state dictionary.
 *
 * @param shape its dimensions, outermost first; empty for a single number
 * @param data its values in row-major order, converted to float32
 */
public record WeightTensor(long[] shape, float[] data) {}
