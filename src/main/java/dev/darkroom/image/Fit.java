package dev.darkroom.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a picture comes to have a size of another shape. */
public enum Fit {
    /** As large as fits into it, and no larger than it is. */
    INSIDE,
    /** Exactly that size: what stands out at two edges is cut off. */
    COVER,
    /** Exactly that size: stretched. */
    FILL;

    /** The way called {@code inside}, {@code cover} or {@code fill}. */
    public static Optional<Fit> named(String name) {
        return Arrays.stream(values()).filter(fit -> fit.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
