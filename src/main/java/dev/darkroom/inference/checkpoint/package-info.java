/** A checkpoint on its devices: loaded, proven, calibrated, and run on tensors. */
package dev.darkroom.inference.checkpoint;
