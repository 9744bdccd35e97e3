/** How a picture is cut into tiles and put together again: geometry alone. */
package dev.darkroom.image.tile;
