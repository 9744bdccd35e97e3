/** Image files as they are stored: formats, headers, metadata, and all that can be wrong with them; not a pixel is decoded here. */
package dev.darkroom.image.file;
