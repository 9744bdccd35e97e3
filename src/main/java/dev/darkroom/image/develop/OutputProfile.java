package dev.darkroom.image.develop;

import dev.darkroom.image.container.colour.Chromaticities;
import dev.darkroom.image.container.colour.MatrixProfile;
import dev.darkroom.image.raw.Matrix;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The primaries that a photograph is developed to. */
public enum OutputProfile {
    SRGB(Chromaticities.SRGB),
    DISPLAY_P3(Chromaticities.DISPLAY_P3),
    /** Of ROMM RGB (ISO 22028-2): holds nearly all that a camera sees, and wants 16 bits. */
    PROPHOTO(Chromaticities.PROPHOTO);

    private final Chromaticities primaries;

    OutputProfile(Chromaticities primaries) {
        this.primaries = primaries;
    }

    /** The one called {@code srgb}, {@code display-p3} or {@code prophoto}, in any case. */
    public static Optional<OutputProfile> named(String name) {
        return Arrays.stream(values()).filter(profile -> profile.toString().equalsIgnoreCase(name)).findFirst();
    }

    /** XYZ beside D50 to light of these primaries. */
    Matrix fromXyz() {
        return Matrix.columns(primaries.columns()).inverse().orElseThrow();
    }

    /** An ICC profile of these primaries and that curve. */
    byte[] icc(Tone tone) {
        String name = "Darkroom %s, %s".formatted(this, tone == Tone.SRGB ? "tones of sRGB" : "linear");
        return new MatrixProfile(primaries, tone == Tone.SRGB ? MatrixProfile.SRGB_TONES : MatrixProfile.gamma(1)).bytes(name, false);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
