/** Measures that compare how features are distributed. */
package dev.darkroom.loss.distribution;
