/** Development of cameras' raw files: from the sensor's light to a network's tones, and from what it gives to a finished photograph. */
package dev.darkroom.image.develop;
