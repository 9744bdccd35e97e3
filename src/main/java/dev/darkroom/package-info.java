/** Darkroom: photo restoration over HTTP. */
package dev.darkroom;
