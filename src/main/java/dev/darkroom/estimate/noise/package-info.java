/** How much noise there is in one picture, found out from the picture alone. */
package dev.darkroom.estimate.noise;
