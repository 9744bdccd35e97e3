package dev.darkroom.train.evaluation;

import dev.darkroom.train.degradation.Planes;

/**
 * One degraded picture and what it should be.
 *
 * @param input    (C,H,W): what a restorer is shown; unclipped noise may exceed [0,1]
 * @param target   the clean picture
 * @param sigma255 the noise's standard deviation on the 0..255 scale, which a restorer is told; 0 where there is none
 */
record Trial(Planes input, Planes target, double sigma255) {}
