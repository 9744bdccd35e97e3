/** Measures on the pixels themselves: errors and structural similarity. */
package dev.darkroom.loss.pixel;
