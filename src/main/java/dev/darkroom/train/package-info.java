/** Degradations, data, the trainer and what measures its results, with their command line. */
package dev.darkroom.train;
