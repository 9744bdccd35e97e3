/** HEIC and AVIF: boxes, items, and the picture that they make. */
package dev.darkroom.image.container.heif;
