/** Memory outside the Java heap. */
package dev.darkroom.memory;
