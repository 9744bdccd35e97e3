package dev.darkroom.inference;

import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;

/** Tiles of equal shape for the same checkpoint share batches. */
record TileKey(TorchScriptCheckpoint checkpoint, TileShape shape) {}
