/** How much of its neighbours a tile has to see: measured on made-up and real pictures, and kept in the manifest. */
package dev.darkroom.train.halo;
