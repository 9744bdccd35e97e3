/** Photographs and what happens to them: noise, shrinking, shake, mosaics, JPEG and haze, each with its published protocol, seeded. */
package dev.darkroom.train.degradation;
