/** Checkpoints as files: their names and manifests, and what is wrong with them; the store of them and the formats of their files have rooms. */
package dev.darkroom.model;
