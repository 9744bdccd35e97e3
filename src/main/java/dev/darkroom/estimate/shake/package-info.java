/** How a camera moved while the shutter was open, found out from one picture: its blur kernel. */
package dev.darkroom.estimate.shake;
