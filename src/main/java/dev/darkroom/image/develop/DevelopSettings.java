package dev.darkroom.image.develop;

/**
 * How a raw file is to be developed.
 *
 * @param exposure in stops, -5 to 5, beside what the camera wants
 */
public record DevelopSettings(WhiteBalance balance, double exposure, OutputProfile profile, Tone tone) {
    public static final DevelopSettings DEFAULT = new DevelopSettings(WhiteBalance.AS_SHOT, 0, OutputProfile.SRGB, Tone.SRGB);
    private static final double MOST_STOPS = 5;

    /** @throws IllegalArgumentException if the exposure is out of its range */
    public DevelopSettings {
        if (!(Math.abs(exposure) <= MOST_STOPS)) {
            throw new IllegalArgumentException("exposure must be from -5 to 5");
        }
    }
}
