/** Compressed pixels to plain ones and back, by libraries, in this process or in others. */
package dev.darkroom.image.codec;
