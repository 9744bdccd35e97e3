/** Reads the weights in PyTorch's state dictionaries without executing anything they say. */
package dev.darkroom.model.pytorch;
