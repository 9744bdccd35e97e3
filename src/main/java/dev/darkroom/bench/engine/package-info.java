/** The engine and nothing around it: what the service is measured against, and ways of running a network that it has no use for. */
package dev.darkroom.bench.engine;
