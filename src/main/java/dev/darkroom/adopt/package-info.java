/** Checkpoints of others made ours: fetched, exported, found out about, tried and put into the store. */
package dev.darkroom.adopt;
