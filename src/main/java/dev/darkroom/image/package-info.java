/** Bytes to pixels and back: probing, codecs, colour, orientation, bit depth, alpha, tiles. */
package dev.darkroom.image;
