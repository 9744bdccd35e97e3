/** Cameras' raw files: DNG (Adobe, 1.7), read in plain Java; what its samples mean is told, and nothing is made of them here. */
package dev.darkroom.image.raw;
