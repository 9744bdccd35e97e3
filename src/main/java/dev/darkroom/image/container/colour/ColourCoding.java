package dev.darkroom.image.container.colour;

import dev.darkroom.image.file.UnsupportedImageException;
import java.util.Optional;

/**
 * What samples mean, in the code points of ITU-T H.273.
 *
 * @param primaries of red, green and blue
 * @param transfer  from samples to light
 */
public record ColourCoding(int primaries, int transfer) {
    static final int SRGB_PRIMARIES = 1;
    static final int SRGB_TRANSFER = 13;
    private static final int UNSPECIFIED = 2;
    private static final int GAMMA_22 = 4;
    private static final int GAMMA_28 = 5;
    private static final int LINEAR = 8;
    private static final int PQ = 16;
    private static final int SMPTE_428 = 17;
    private static final int HLG = 18;

    /**
     * A profile that says the same; empty if it is what everyone assumes, sRGB.
     *
     * @throws UnsupportedImageException if the samples are of high dynamic range, which a picture without would not show
     */
    public Optional<byte[]> profile(boolean gray) {
        if (isOfHighRange()) {
            throw new UnsupportedImageException("pictures of high dynamic range (%s) are not supported"
                    .formatted(transfer == PQ ? "PQ" : transfer == HLG ? "HLG" : "SMPTE ST 428"));
        }
        Chromaticities named = Chromaticities.ofCode(primaries);
        boolean srgb = named.equals(Chromaticities.SRGB) || gray && named.whiteIsD65();
        return switch (transfer) {
            case GAMMA_22 -> Optional.of(new MatrixProfile(named, MatrixProfile.gamma(2.2)).bytes(gray));
            case GAMMA_28 -> Optional.of(new MatrixProfile(named, MatrixProfile.gamma(2.8)).bytes(gray));
            case LINEAR -> Optional.of(new MatrixProfile(named, MatrixProfile.gamma(1)).bytes(gray));
            // The curves of television (1, 6, 14, 15) are shown as sRGB's by everyone: their own is that of the camera.
            default -> srgb ? Optional.empty() : Optional.of(new MatrixProfile(named, MatrixProfile.SRGB_TONES).bytes(gray));
        };
    }

    public boolean isOfHighRange() {
        return transfer == PQ || transfer == HLG || transfer == SMPTE_428;
    }

    /** Whether anything is said at all. */
    public boolean isSpecified() {
        return primaries != UNSPECIFIED || transfer != UNSPECIFIED;
    }
}
