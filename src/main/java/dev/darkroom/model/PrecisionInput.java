package dev.darkroom.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The argument of {@code forward} whose data type chooses the precision of the hidden features. */
public enum PrecisionInput {
    X,
    CONDITION;

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
