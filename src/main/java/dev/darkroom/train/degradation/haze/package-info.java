/** Air between the camera and what it sees. */
package dev.darkroom.train.degradation.haze;
