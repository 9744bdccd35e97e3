package dev.darkroom.bench;

import java.util.Locale;

/** What can be measured. */
enum Phase {
    /** The service without codecs against the bare engine. */
    THROUGHPUT,
    /** The whole service, saturated. */
    CODECS,
    /** What the service adds when idle. */
    IDLE,
    /** Open loop, up to ten times what it can take. */
    OVERLOAD,
    /** Thumbnails beside a large upload. */
    FAIRNESS,
    /** Saturation for a long time. */
    SOAK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
