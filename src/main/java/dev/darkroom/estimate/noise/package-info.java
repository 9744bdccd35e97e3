/** How strong the noise of a picture is. */
package dev.darkroom.estimate.noise;
