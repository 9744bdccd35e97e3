/** A picture as all estimators get to see it: its samples, and which of them count. */
package dev.darkroom.estimate.picture;
