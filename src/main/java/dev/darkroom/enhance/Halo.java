package dev.darkroom.enhance;

import dev.darkroom.model.Manifest;

/** How much of its neighbours a tile sees. */
public enum Halo {
    /** As far as what lies there can change an answer of 8 bits by as much as counts: what the manifest says was measured, where it does. */
    MEASURED,
    /** As far as the network looks, so that tiles give exactly what the whole picture gives. */
    EXACT;

    /** In pixels of the network's input. */
    int reach(Manifest manifest) {
        return this == EXACT || manifest.halo() == null ? manifest.receptiveFieldRadius() : manifest.halo().eightBit();
    }
}
