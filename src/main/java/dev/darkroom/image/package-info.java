/** Bytes to pixels and back, upright and with their alpha apart; files, codecs and tiles are in rooms of their own. */
package dev.darkroom.image;
