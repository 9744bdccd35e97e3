/** What image files say of their pictures: formats, headers, metadata, and all that can be wrong with them; how each format stores it is in {@code image.container}. */
package dev.darkroom.image.file;
