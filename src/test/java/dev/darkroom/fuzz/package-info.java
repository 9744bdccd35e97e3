/** Hostile input, made up from sound input: {@code ./darkroom fuzz}. */
package dev.darkroom.fuzz;
