/** JPEG: segments, scans, tables. */
package dev.darkroom.image.container.jpeg;
