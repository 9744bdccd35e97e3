/** Image files as they are stored: which kind a file is, and what stands around its compressed pixels; each format has a room of its own, or shares one. */
package dev.darkroom.image.container;
