package dev.darkroom.score;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What colour profiles mean for a measurement. */
public enum Profiles {
    /** Samples become sRGB's by each file's profile, as they are seen; what sRGB cannot show is clipped. */
    APPLIED,
    /** Samples are taken as the file stores them. */
    IGNORED;

    /** Those called {@code applied} or {@code ignored}. */
    public static Optional<Profiles> named(String name) {
        return Arrays.stream(values()).filter(profiles -> profiles.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
