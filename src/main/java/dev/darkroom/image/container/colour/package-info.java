/** Colours that a file tells by numbers, as profiles. */
package dev.darkroom.image.container.colour;
