/** The one place that runs checkpoints: tiles of any request in, in batches through the devices, whatever goes wrong. */
package dev.darkroom.inference;
