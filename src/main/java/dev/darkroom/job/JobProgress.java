package dev.darkroom.job;

/**
 * How far work has come.
 *
 * @param done        steps that are: tiles of a picture, measurements of a scoring
 * @param of          all steps
 * @param secondsLeft as things are going
 */
public record JobProgress(int done, int of, double secondsLeft) {}
