/** {@code darkroom bench}: measures the service against the bare engine, and under more load than it can take. */
package dev.darkroom.bench;
