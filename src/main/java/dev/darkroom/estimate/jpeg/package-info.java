/** What a picture's pixels say of the JPEG file that it is or was, and of what that has lost. */
package dev.darkroom.estimate.jpeg;
