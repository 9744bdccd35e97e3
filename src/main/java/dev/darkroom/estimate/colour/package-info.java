/** Which colours a picture has. */
package dev.darkroom.estimate.colour;
