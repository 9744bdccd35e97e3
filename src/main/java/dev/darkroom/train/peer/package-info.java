/** Published networks of others, run on their public weights, to measure our checkpoints against. */
package dev.darkroom.train.peer;
