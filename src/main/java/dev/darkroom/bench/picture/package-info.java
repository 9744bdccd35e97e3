/** The pictures that are sent: made up or photographs, of sizes as people have them. */
package dev.darkroom.bench.picture;
