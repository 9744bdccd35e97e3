/** Looks into TorchScript before any engine does: a checkpoint is code, and may only calculate. */
package dev.darkroom.model.torchscript;
