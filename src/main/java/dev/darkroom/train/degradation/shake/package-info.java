/** Hands that shake: trajectories, kernels, and what is found out about them. */
package dev.darkroom.train.degradation.shake;
