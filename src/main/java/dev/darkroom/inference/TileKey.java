package dev.darkroom.inference;

/** Tiles of equal shape for the same checkpoint share batches. */
record TileKey(TorchScriptCheckpoint checkpoint, TileShape shape) {}
