package dev.darkroom.inference;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A device's memory, as each network may use it: they differ many times over in what a pixel takes, so what is too much for one says nothing of another. */
final class MemoryCaps {
    private final long largest;
    private final Map<String, MemoryCap> byArchitecture = new ConcurrentHashMap<>();

    /** @param largest pixels of any batch */
    MemoryCaps(long largest) {
        this.largest = largest;
    }

    MemoryCap of(TileKey key) {
        return of(key.checkpoint().manifest().architecture());
    }

    MemoryCap of(String architecture) {
        return byArchitecture.computeIfAbsent(architecture, first -> new MemoryCap(largest));
    }

    /** Of the network that ran out of memory soonest, pixels. */
    long smallest() {
        return byArchitecture.values().stream().mapToLong(MemoryCap::pixels).min().orElse(largest);
    }
}
