/** Checkpoints and published networks measured on sets of pictures: {@code ./darkroom evaluate}, its tables and its contact sheets. */
package dev.darkroom.train.evaluation;
