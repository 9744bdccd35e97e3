/** TIFF and BigTIFF: which samples they store and how, pages, strips. */
package dev.darkroom.image.container.tiff;
