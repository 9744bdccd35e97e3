/** Photographs to train on, pictures in memory, and the arithmetic they share: filters, colour, JPEG. */
package dev.darkroom.train.photo;
