package dev.darkroom.image.develop;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked of a development, as text; null: nothing is.
 *
 * @param balance  three factors with commas between them, a temperature in kelvin, or {@code camera}
 * @param exposure in stops
 */
public record DevelopText(String balance, String profile, String exposure, String tone) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,6}(\\.[0-9]{1,12})?");
    private static final String BALANCE = "wb must be three factors from 0.01 to 100 (2.1,1,1.6), a temperature from 2000 to 25000 kelvin (5200), or camera";
    private static final String EXPOSURE = "exposure must be a number of stops from -5 to 5";

    /**
     * Reads it.
     *
     * @return empty if nothing is asked for
     * @throws IllegalArgumentException naming what cannot be understood
     */
    public Optional<DevelopSettings> settings() {
        if (balance == null && profile == null && exposure == null && tone == null) {
            return Optional.empty();
        }
        DevelopSettings usual = DevelopSettings.DEFAULT;
        return Optional.of(new DevelopSettings(balance == null ? usual.balance() : balance(balance),
                exposure == null ? usual.exposure() : number(exposure, EXPOSURE),
                profile == null ? usual.profile() : OutputProfile.named(profile)
                        .orElseThrow(() -> new IllegalArgumentException("profile must be srgb, display-p3 or prophoto")),
                tone == null ? usual.tone() : Tone.named(tone).orElseThrow(() -> new IllegalArgumentException("tone must be srgb or linear"))));
    }

    private static WhiteBalance balance(String text) {
        if (text.equals("camera")) {
            return WhiteBalance.AS_SHOT;
        }
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 1) {
                return new WhiteBalance.Temperature(number(text, BALANCE));
            }
            if (parts.length == 3) {
                return new WhiteBalance.Factors(number(parts[0], BALANCE), number(parts[1], BALANCE), number(parts[2], BALANCE));
            }
        } catch (IllegalArgumentException outOfRange) {
            // said below
        }
        throw new IllegalArgumentException(BALANCE);
    }

    private static double number(String text, String otherwise) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(otherwise);
        }
        return Double.parseDouble(text);
    }
}
