package dev.darkroom.image;

import java.util.Optional;
import java.util.function.Supplier;

/** What is kept of an image besides its pixels: the bytes of its ICC profile and its resolution. */
public record Metadata(Optional<byte[]> icc, Optional<Resolution> resolution) {

    public static final Metadata NONE = new Metadata(Optional.empty(), Optional.empty());

    /** A profile is at most this long; JPEG cannot hold more. */
    static final int MAX_ICC_BYTES = 255 * 65_519;

    /** Where an ICC profile's header names its colour space (ICC.1:2022, 7.2.6). */
    private static final int COLOUR_SPACE_AT = 16;

    static <T> Optional<T> ifIntact(Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (DamagedImageException damagedMetadataOnly) {
            return Optional.empty();
        }
    }

    Metadata withoutIcc() {
        return new Metadata(Optional.empty(), resolution);
    }

    /** Whether the profile describes gray values and thus cannot describe colour. */
    boolean hasGrayProfile() {
        return icc.filter(profile -> profile.length > COLOUR_SPACE_AT + 4)
                .map(profile -> profile[COLOUR_SPACE_AT] == 'G' && profile[COLOUR_SPACE_AT + 1] == 'R')
                .orElse(false);
    }
}
