/** Measures that compare features position by position, or their moments. */
package dev.darkroom.loss.feature;
