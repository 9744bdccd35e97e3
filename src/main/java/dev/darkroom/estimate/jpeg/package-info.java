/** What a JPEG file's pixels say of what it has lost. */
package dev.darkroom.estimate.jpeg;
