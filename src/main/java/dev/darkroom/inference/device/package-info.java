/** Which devices there are. */
package dev.darkroom.inference.device;
