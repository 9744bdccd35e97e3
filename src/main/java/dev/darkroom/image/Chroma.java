package dev.darkroom.image;

import java.util.Arrays;
import java.util.Optional;

/** How much of the resolution of luma a JPEG's colour has. */
public enum Chroma {
    /** Half of it across and down. */
    HALF_BOTH("420"),
    /** Half of it across. */
    HALF_ACROSS("422"),
    FULL("444");

    private final String digits;

    Chroma(String digits) {
        this.digits = digits;
    }

    /** The layout called {@code 420}, {@code 422} or {@code 444}. */
    public static Optional<Chroma> named(String name) {
        return Arrays.stream(values()).filter(chroma -> chroma.digits.equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return digits;
    }
}
