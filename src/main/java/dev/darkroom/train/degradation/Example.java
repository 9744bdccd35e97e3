package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Planes;

/**
 * What the network is shown and what it should answer.
 *
 * @param input     the degraded picture
 * @param target    the clean one
 * @param condition what the network is told of the degradation, for example sigma/255; may be empty
 */
public record Example(Planes input, Planes target, float... condition) {}
