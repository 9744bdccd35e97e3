package dev.darkroom.image.develop;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How light becomes samples. */
public enum Tone {
    /** By sRGB's curve (IEC 61966-2-1), whatever the primaries. */
    SRGB,
    /** In proportion. */
    LINEAR;

    /** The one called {@code srgb} or {@code linear}, in any case. */
    public static Optional<Tone> named(String name) {
        return Arrays.stream(values()).filter(tone -> tone.name().equalsIgnoreCase(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
