/** The formats of computers' graphics: PNG, WebP, GIF and BMP. */
package dev.darkroom.image.container.graphic;
