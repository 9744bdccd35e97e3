package dev.darkroom.image.file;

import java.util.Locale;

/** What a file can carry beyond a plain picture, by the names that {@code X-Darkroom-Changed} has for it. */
public enum Carried {
    /** How much of what lies behind can be seen. */
    ALPHA,
    /** Samples of more than 8, or more than 16, bits. */
    BIT_DEPTH,
    /** Channels that are neither colour nor alpha, such as a stored selection. */
    CHANNELS,
    /** Printing inks instead of light. */
    CMYK,
    /** What a camera's raw file wants to have done about its lens, which was not. */
    CORRECTIONS,
    /** One channel instead of three equal ones. */
    GRAYSCALE,
    /** A colour profile, or another statement of what the samples mean. */
    ICC,
    /** More pictures, or a film: a gain map, layers, frames that were not asked for. */
    IMAGES,
    /** Samples that no codec has blurred. */
    LOSSLESS,
    /** EXIF, XMP, IPTC, comments, resolution, and whatever else stands beside the picture. */
    METADATA,
    /** A fault that costs nothing of the picture, such as no mark at its end. */
    REPAIRED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
