package dev.darkroom.bench.device;

import java.util.Locale;

/** Of what {@code gpu-check} looks into. */
enum Part {
    /** The bare engine and the service over configurations and tiles, and how far their answers are apart. */
    SWEEP,
    /** Pictures of mixed sizes through the service as it runs by itself, against the bare engine. */
    MIXED,
    /** Codecs, alone and with the service. */
    CODECS,
    /** One instance against two. */
    INSTANCES,
    /** Copying beside computing. */
    OVERLAP,
    /** Memory over many requests. */
    MEMORY,
    /** Too little memory on the device. */
    STARVATION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
