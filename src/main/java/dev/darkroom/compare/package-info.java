/** The same picture by several checkpoints, side by side: restored, timed and, against a reference, measured. */
package dev.darkroom.compare;
