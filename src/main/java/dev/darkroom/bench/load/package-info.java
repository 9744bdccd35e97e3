/** A service under load: who asks when, what came of it, and what the process took meanwhile. */
package dev.darkroom.bench.load;
