/** The model store: manifests, versions, verification and the life of a loaded checkpoint. */
package dev.darkroom.model;
