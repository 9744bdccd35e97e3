/** Reads arrays from NumPy's archives. */
package dev.darkroom.model.numpy;
