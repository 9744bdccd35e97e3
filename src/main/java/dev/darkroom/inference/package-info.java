/** The one place that runs checkpoints: devices, workers, precision, and the way from bytes to tensors and back. */
package dev.darkroom.inference;
