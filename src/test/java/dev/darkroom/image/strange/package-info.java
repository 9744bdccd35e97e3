/** Files as other programs write them, sound and broken, drawn by code, each with what has to become of it. */
package dev.darkroom.image.strange;
