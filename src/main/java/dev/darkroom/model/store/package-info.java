/** The store: which versions there are, verified and loaded, leased to whoever uses them, reloaded while they do. */
package dev.darkroom.model.store;
