/** The threads on which requests do what no device does for them: decoding, looking at pictures, encoding. */
package dev.darkroom.cores;
