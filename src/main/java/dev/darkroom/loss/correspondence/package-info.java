/** Measures that look for each feature's nearest counterpart. */
package dev.darkroom.loss.correspondence;
