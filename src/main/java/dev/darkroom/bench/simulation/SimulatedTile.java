package dev.darkroom.bench.simulation;

/** One of a request's tiles. */
public record SimulatedTile(Arrival request, int number, Runnable done) {}
